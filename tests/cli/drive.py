#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes acts of every register knowing nothing but what `acts --json`, `show --json`, `pending --json` and
`do --dry-run --json` say: which questions there are, how each is answered and which the program fills, who may, whose
hands are needed, and by which code each refusal is repaired."""
import json

from office import STAFF, Office, Tap

# Who of the office holds which role; what a script knows of itself.
HOLDERS = {'chief': 'chief', 'information_manager': 'soumu', 'system_manager': 'nenkin', 'security_manager': 'nenkin',
           'operator': 'sousa', 'staff': 'sousa'}
LOGINS = [login for login, *_ in STAFF]
# What helps against each code; what no answer helps against is left alone.
ANOTHER = {'missing', 'unreadable', 'not_a_choice', 'no_such_record', 'no_such_entry', 'wrong_record', 'wrong_person',
           'repeated', 'taken', 'bad_character', 'too_long', 'out_of_range', 'wrong_day', 'mismatch'}
TAKE_BACK = {'not_asked'}
SOMEBODY_ELSE = {'not_entitled', 'not_requester', 'nothing_to_inspect'}
HOPELESS = {'nothing_to_do', 'in_use', 'wrong_clock', 'wrong_key', 'not_in_force'}


class Driver:
    def __init__(self, office):
        self.office, self.n, self.met, self.refused, self.verbs, self.shown = office, 0, set(), set(), {}, {}
        self.told = office.run('acts', '--json').json
        self.registers = {register['id']: register for register in self.told['registers']}
        self.kinds = {act['id']: act for act in self.told['acts']}
        self.examples = {kind['id']: kind['example'] for kind in self.told['types']}
        self.sources = {source['id']: source for source in self.told['sources']}
        self.codes = {code['id'] for code in self.told['codes']}
        self.rules = {rule['id'] for rule in self.told['rules']}
        self.reserved = [answer['key'] for answer in self.told['reserved']]

    # --- what there is

    def records(self, register, state=None):
        if register not in self.shown:
            self.shown[register] = self.office.as_person('sousa', 'show', register, '--json').json['records']
        return [r['id'] for r in self.shown[register] if state is None or r['state'] in state]

    def of(self, name):
        """The register of a name that is a register's or one of its lists'."""
        return next(r['id'] for r in self.told['registers'] if name == r['id'] or name in [v['id'] for v in r['lists']])

    def register_of(self, subject):
        return next(r['id'] for r in self.told['registers'] if r['prefix'] == subject.rstrip('0123456789'))

    def timeline(self, subject):
        return self.office.as_person('sousa', 'show', self.register_of(subject), subject, '--json').json['timeline']

    def pending(self, login='sousa'):
        return self.office.as_person(login, 'pending', '--json').json['pending']

    def corrections(self, subject):
        """Entries, and in each the questions whose field may be corrected."""
        for step in self.timeline(subject):
            kind = self.kinds[step['kind']]
            fields = {f['id']: f for f in self.registers[kind['register']]['fields']}
            for ask in kind['asks']:
                if ask['key'] in step['answers'] and fields[ask['field']]['correctable']:
                    yield {'act': str(step['act']), 'question': ask['key'], 'value': self.answer(ask)}

    # --- answers

    def found(self, source):
        """What stands where the description says that it is found: SUBJECT is a record of the register before it."""
        words, spelled = {'FILE': self.office.file, 'YEAR': self.office.now[:4]}, source['command'].split()
        if 'SUBJECT' in spelled:
            words['SUBJECT'] = self.records(spelled[spelled.index('SUBJECT') - 1])[-1]
        who = ['--as', 'sousa', '--passphrase-file', self.office.path('sousa')] if 'FILE' in spelled else []
        found = self.office.run(*[words.get(word, word) for word in spelled], *who).json
        for member in source['member'].removesuffix('[]').split('.'):
            found = found[member]
        return found

    def answer(self, ask):
        self.n += 1
        source = self.sources.get(ask['of']) if ask['type'] in ('document', 'rows') else None
        if source and ask['type'] == 'document':
            return self.found(source)
        if source:
            rows = [{cell['key']: row[cell['key']] for cell in ask['rows']} for row in self.found(source)]
            return json.dumps(rows, ensure_ascii=False)
        if ask['type'] == 'choice':
            return ask['choices'][self.n % len(ask['choices'])]['id']
        if ask['type'] in ('ref', 'refs'):
            found = [s for name in ask['of'] for s in self.records(self.of(name))]
            return found[self.n % len(found)] if found else None
        if ask['type'] == 'rows':
            return json.dumps([{cell['key']: self.answer(cell) for cell in ask['rows']}], ensure_ascii=False)
        # days and moments are those of the example's shape, and of today
        today = self.office.now[:len(self.examples[ask['type']] or '')]
        return {'text': f'ある 言葉 {self.n}', 'code': f'C-{self.n}', 'lines': 'ある事情による。', 'date': today, 'time': today,
                'period': today}.get(ask['type'], self.examples[ask['type']]) \
            if ask['type'] != 'count' else '1'

    def attempt(self, kind, subject, known=None):
        """Answers what must be and is not filled, then repairs what is refused by its code, until nothing is. A second
        person, where one is wanted at once, is whoever is not refused."""
        asks = {ask['key']: ask for ask in kind['asks']}
        answers = {ask['key']: self.answer(ask) for ask in kind['asks'] if ask['must'] and ask['fill'] == 'never'}
        answers.update(known or {})
        people = list(dict.fromkeys([HOLDERS[role] for role in kind['may'] if role in HOLDERS] + LOGINS))
        seconds, second = list(LOGINS), []
        for _ in range(16):
            given = [f'{key}={value}' for key, value in answers.items() if value is not None]
            given += [f'subject={subject}'] if subject else []
            given += second
            judged = self.office.do(people[0], kind['id'], *given, '--dry-run', '--json')
            refusals = judged.json['refusals']
            self.refused = {r['code'] for r in refusals}
            self.met |= self.refused
            if judged.status == 0:
                return people[0], given
            if any(r['code'] in SOMEBODY_ELSE and not r['mark'] for r in refusals):
                people.pop(0)
            elif not self.repair(asks, answers, [r for r in refusals if r['field'] != 'with'], known or {}, subject):
                return None
            if not people:
                return None
            if any(r['field'] == 'with' for r in refusals):
                seconds = [login for login in seconds if login != people[0]]
                second = self.office.with_person(seconds.pop()) if seconds else []
        return None

    def another(self, asks, answers, field, subject):
        """What is not refused yet; where there is nothing else to say, what the record says, or another choice beside
        it."""
        answer = self.answer(asks[field]) if field in asks else '判断の理由'
        if answer == answers.get(field) and field in asks:
            register = self.register_of(subject) if subject else None
            record = self.office.as_person('sousa', 'show', register, subject, '--json').json if register else None
            stored = record['fields'].get(asks[field]['field']) if record else None
            answer = answer if stored is None else str(stored)
            for key, ask in asks.items():
                if stored is None and key in answers and ask['type'] == 'choice':
                    choices = [choice['id'] for choice in ask['choices']]
                    answers[key] = choices[(choices.index(answers[key]) + 1) % len(choices)]
        answers[field] = answer

    def repair(self, asks, answers, refusals, known, subject):
        """Whether something could be done about each refusal."""
        if not any(r['mark'] for r in refusals):
            answers.pop('deviation_reason', None)
        for refusal in refusals:
            field, code = refusal['field'], refusal['code']
            if refusal['mark']:
                answers['deviation_reason'] = '判断の理由'
            elif code == 'missing' and field is None and len(answers) < len(asks):
                field = next(key for key in asks if key not in answers)
                answers[field] = self.answer(asks[field])
            elif code in HOPELESS or field in known or field not in [*asks, *self.reserved]:
                return False
            elif code in TAKE_BACK:
                answers.pop(field, None)
            elif code == 'identity_number':
                answers['declared'] = field
            elif code in ANOTHER or code in self.rules:
                self.another(asks, answers, field, subject)
        return True

    def make(self, kind, depth=3):
        """The outcome where the act was made; None where nothing here lets it be. The newest records come first: the
        office itself is to go on. Where none is in the state for it, one is brought there."""
        wanted, states = kind['subject'], None if kind['from'] == ['*'] else kind['from']
        subjects = self.records(wanted['of'][0], states)[:-4:-1] if wanted['given'] == 'must' else [None]
        if not subjects and depth:
            before = [k for k in self.kinds.values() if k['register'] == kind['register'] and k['to'] in kind['from']]
            brought = next((made for k in before if (made := self.make(k, depth - 1))), None)
            subjects = [brought['subject']] if brought else []
        for subject in subjects:
            made = self.do(kind, subject)
            if not made and 'nothing_to_do' in self.refused and subject and self.bear(subject):
                made = self.do(kind, subject)
            if made:
                self.sign(made)
                return made
        return None

    def bear(self, subject):
        """Makes a record that hangs on this one, so that there is something to do with it."""
        register = self.register_of(subject)
        children = {r['id'] for r in self.told['registers'] if r['parent'] == register}
        return any(self.do(kind, None, {ask['key']: subject}) for kind in self.kinds.values() for ask in kind['asks']
                   if kind['register'] in children and kind['makes_record'] and register in ask.get('of', []))

    def do(self, kind, subject, known=None):
        found = self.attempt(kind, subject, known)
        made = self.office.do(found[0], kind['id'], *found[1], '--json') if found else None
        self.shown.clear()
        return made.json if made and made.status == 0 else None

    def sign(self, outcome):
        """Every hand that is outstanding, by whoever may give it."""
        for _ in outcome['waiting_for']:
            waits = {p['subject']: p for p in self.pending()}
            if outcome['subject'] in waits:
                self.verbs[outcome['kind']] = waits[outcome['subject']]['give']['ja']
                self.do(self.kinds['hand.give'], outcome['subject'])


def described(tap, told):
    """Nothing that an answer depends on is left out."""
    registers = {r['id'] for r in told['registers']} | {v['id'] for r in told['registers'] for v in r['lists']}
    roles = {r['id'] for r in told['roles']} | {'staff', 'self'}
    types, sources = {t['id'] for t in told['types']}, {s['id'] for s in told['sources']}
    for act in told['acts']:
        subject = act['subject']
        lacking = [a['key'] for a in act['asks'] if a['type'] == 'choice' and not a['choices']]
        lacking += [a['key'] for a in act['asks'] if a['type'] in ('ref', 'refs') and not set(a['of']) <= registers]
        lacking += [a['key'] for a in act['asks'] if a['type'] not in types]
        lacking += [a['key'] for a in act['asks'] if a['fill'] not in ('never', 'blank', 'always')]
        lacking += [a['key'] for a in act['asks'] if act['register'] in ('hand_act', 'act_act') and
                    a['type'] in ('count', 'code') and a.get('of') not in sources and not act['by_program']]
        lacking += [role for role in act['may'] if role not in roles]
        lacking += [a['key'] for a in act['asks'] if a['type'] == 'document' and a.get('of') not in sources]
        lacking += [n for n in ('title',) if not (act[n]['en'] and act[n]['ja'])]
        lacking += [] if subject['given'] in ('must', 'may', 'no') and set(subject['of']) <= registers else ['subject']
        lacking += [h['as'] for h in act['hands'] if h['as'] and not (h['give']['ja'] and h['refuse']['ja'])]
        tap.check(not lacking, f"{act['id']} is described whole", lacking)


def upon_acts(tap, driver):
    """Decisions, corrections, voiding and notes: acts upon any record."""
    request = driver.kinds['person.register']
    subjects = [made['subject'] for _ in range(3) if (made := driver.do(request, None))]
    tap.check(len(subjects) == 3, 'requests wait', subjects)
    for kind, subject in zip(('hand.refuse', 'hand.ask_back', 'hand.withdraw'), subjects):
        tap.check(driver.do(driver.kinds[kind], subject), f'{kind} was made by somebody who knows nothing')
    back = driver.do(request, subjects[1])
    tap.check(back and back['subject'] == subjects[1], 'what was asked back is applied for again', back)
    driver.sign(back)
    fixed = [s for s in driver.records('outsider')[::-1] for known in driver.corrections(s)
             if driver.do(driver.kinds['act.correct'], s, known)][:1]
    tap.check(fixed, 'act.correct was made by somebody who knows nothing')
    made = driver.do(driver.kinds['outsider.register'], None)
    last = driver.timeline(made['subject'])[-1]['act']
    tap.check(driver.do(driver.kinds['act.void'], made['subject'], {'act': str(last)}),
              'act.void was made by somebody who knows nothing')
    texts = [(s, {'act': str(step['act']), 'question': a['key']}) for s in driver.records('medium')[-6:]
             for step in driver.timeline(s) for a in driver.kinds[step['kind']]['asks']
             if a['type'] == 'lines' and a['key'] in step['answers']]
    tap.check(any(driver.do(driver.kinds['text.redact'], *text) for text in texts),
              'text.redact was made by somebody who knows nothing', texts)
    tap.check(driver.do(driver.kinds['clock.correct'], driver.records('file')[0]),
              'clock.correct was made by somebody who knows nothing')
    fault = {'fault': '7K2M-9Q4T-X0AB-3C5D'}
    note = driver.do(driver.kinds['ledger.note'], driver.records('rule')[0], fault)
    tap.check(note, 'ledger.note was made by somebody who knows nothing')


def for_others(tap, driver):
    """What a deputy declares, with the answers that are asked for it besides, and whose place it was taken in looks at
    afterwards."""
    office, reserved = driver.office, {answer['key']: answer for answer in driver.told['reserved']}
    office.must('chief', 'appointment.make', 'person=hansou', 'office=general_affairs_assistant', 'kind=regular',
                f'since={office.now[:10]}', *office.with_person('soumu'))
    kind = driver.kinds['place.establish']
    asks = {ask['key']: driver.answer(ask) for ask in kind['asks'] if ask['must']}
    judged = office.do('hansou', kind['id'], *[f'{k}={v}' for k, v in asks.items()], '--dry-run', '--json').json
    tap.check(judged['deputy'] and set(judged['deputy']['asks']) <= set(kind['deputy_asks']), 'a deputy is told so',
              judged)
    asks.update({key: reserved[key]['choices'][0]['id'] for key in judged['deputy']['asks']})
    made = office.do('hansou', kind['id'], *[f'{k}={v}' for k, v in asks.items()], '--json')
    tap.check(made.status == 0 and driver.do(driver.kinds['hand.inspect'], made.json['subject']),
              'hand.inspect was made by somebody who knows nothing', made.out)


def repairs(tap, driver):
    """Somebody with a database tool was at the file: nothing else is needed to put it right."""
    office = driver.office
    for kind, sql in (('ledger.rebuild', "UPDATE person SET name = '別人' WHERE id > 3"),
                      ('ledger.reject', "UPDATE act SET body = replace (body, '破砕店', '運送店')"
                                        " WHERE seq = (SELECT max (seq) FROM act)")):
        office.must('sousa', 'outsider.register', 'name=林 次郎', 'company=破砕店')
        office.tamper(sql)
        tap.check(driver.make(driver.kinds[kind]), f'{kind} was made by somebody who knows nothing', driver.refused)


def codes(tap, driver):
    """Each refusal has a code that was told of; these are what a script meets first."""
    do = driver.office.do
    for name, code, field, args in (
            ('no subject', 'missing', 'subject', ['media.store', 'place=L1']),
            ('a subject that is not there', 'no_such_record', None, ['media.store', 'place=L1', 'subject=M99']),
            ('a subject of another register', 'wrong_record', None, ['media.store', 'place=L1', 'subject=P1']),
            ('a subject for a new record', 'not_asked', 'subject', ['outsider.register', 'subject=P9', 'name=森']),
            ('an answer of another register', 'wrong_record', 'place', ['media.store', 'place=M1', 'subject=M1']),
            ('an answer of no register', 'no_such_record', 'place', ['media.store', 'place=QQ1', 'subject=M1']),
            ('an answer lacking', 'missing', 'name', ['outsider.register']),
            ('an unknown question', 'not_asked', 'colour', ['outsider.register', 'name=森', 'colour=red']),
            ('an unreadable value', 'unreadable', 'since', ['operator.designate', 'person=P4', 'since=soon']),
            ('no such day', 'unreadable', 'since', ['operator.designate', 'person=P4', 'since=2026-02-30']),
            ('none of the choices', 'not_a_choice', 'media_kind', ['media.register', 'media_kind=wax', 'label=L-9']),
            ('no such record', 'no_such_record', 'person', ['operator.designate', 'person=P99', 'since=2025-08-18']),
            ('too long', 'too_long', 'name', ['outsider.register', 'name=' + '森' * 201]),
            ('a control character', 'bad_character', 'name', ['outsider.register', 'name=森\x07']),
            ('an individual number', 'identity_number', 'name', ['outsider.register', 'name=123456789018']),
            ('not permitted', 'not_entitled', None, ['operator.designate', 'person=P5', 'since=2025-08-18']),
            ('nothing waits', 'nothing_to_do', None, ['hand.give', 'subject=L1'])):
        for how in (['--dry-run'], []):
            said = do('sousa', *args, *how, '--json')
            found = [(r['code'], r['field']) for r in said.json['refusals']]
            tap.check(said.status == 1 and (code, field) in found, f'{name} is {code}', said.out)
    said = do('nenkin', 'holiday.adopt', 'source=官報', '--dry-run', '--json')
    tap.check([r['field'] for r in said.json['refusals']] == ['days'],
              'what the program would fill from it is not missing too', said.out)
    spoken = do('sousa', 'media.store', 'subject=M1')
    tap.check(spoken.status == 1 and 'place: A choice is needed\n' in spoken.err, 'the label is not said twice',
              spoken.err)


def main():
    tap, office = Tap(), Office()
    driver = Driver(office)
    described(tap, driver.told)
    for_others(tap, driver)
    by_hand = [a for a in driver.told['acts'] if a['may'] and not a['by_program'] and len(a['subject']['of']) == 1]
    made, rounds = {}, 2
    for _ in range(rounds):
        for act in by_hand:
            if act['id'] not in made and (outcome := driver.make(act)):
                made[act['id']] = outcome
    for act in ('person.register', 'office.establish', 'appointment.make', 'operator.designate', 'outsider.register',
                'place.establish', 'rule.enter', 'payment.enter', 'media.register', 'media.receive', 'media.store',
                'media.checkout', 'media.record', 'media.erase', 'media.lost', 'media.early', 'takeout.request',
                'media.destroy', 'holiday.adopt', 'profile.adopt'):
        tap.check(act in made, f'{act} was made by somebody who knows nothing', sorted(made))
    tap.check(len(made) * 2 > len(by_hand), 'most acts could be made', f'{len(made)} of {len(by_hand)}')
    print(f'# {len(made)} of {len(by_hand)}; not: {" ".join(sorted({a["id"] for a in by_hand} - set(made)))}')
    tap.check(driver.verbs.get('takeout.request') == '承諾する' and driver.verbs.get('person.register') == '連署する',
              'what waits says by which word it is decided', driver.verbs)
    upon_acts(tap, driver)
    repairs(tap, driver)
    codes(tap, driver)
    tap.check(driver.met <= driver.codes | driver.rules, 'every refusal met has a code that was told of',
              driver.met - driver.codes - driver.rules)
    tap.expect(office.as_person('chief', 'verify'), 0, 'and the file holds', 'Nothing was altered')
    office.close()
    tap.end()


if __name__ == '__main__':
    main()
