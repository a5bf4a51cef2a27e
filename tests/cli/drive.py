#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes acts of every register knowing nothing but what `acts --json`, `show --json` and `do --dry-run --json` say:
which questions there are, how each is answered, who may, whose hands are needed, and what is still refused."""
import json

from office import Office, Tap

# Who of the office holds which role; what a script knows of itself.
HOLDERS = {'chief': 'chief', 'information_manager': 'soumu', 'system_manager': 'nenkin', 'security_manager': 'nenkin',
           'operator': 'sousa', 'staff': 'sousa'}
TYPED = {'text': 'ある 言葉 {n}', 'code': 'C-{n}', 'lines': 'ある事情による。', 'count': '1', 'yes': 'yes', 'date': '2025-08-18',
         'time': '2025-08-18T09:00', 'period': '2025-10'}


class Driver:
    def __init__(self, office):
        self.office, self.n = office, 0
        self.told = office.run('acts', '--json').json
        self.registers = {register['id']: register for register in self.told['registers']}

    def records(self, register, state=None):
        shown = self.office.as_person('sousa', 'show', register, '--json').json['records']
        return [r['id'] for r in shown if state is None or r['state'] in state]

    def of(self, name):
        """The register of a name that is a register's or one of its lists'."""
        return next(r['id'] for r in self.told['registers'] if name == r['id'] or name in [v['id'] for v in r['lists']])

    def answer(self, ask):
        self.n += 1
        if ask['type'] == 'choice':
            return ask['choices'][self.n % len(ask['choices'])]['id']
        if ask['type'] in ('ref', 'refs'):
            found = [s for name in ask['of'] for s in self.records(self.of(name))]
            return found[self.n % len(found)] if found else None
        if ask['type'] == 'rows':
            row = {cell['key']: self.answer(cell) for cell in sorted(ask['rows'], key=lambda cell: cell['key'])}
            return json.dumps([row], ensure_ascii=False, separators=(',', ':'))
        return TYPED[ask['type']].format(n=self.n) if ask['type'] in TYPED else None

    def attempt(self, kind, subject):
        """Answers what must be, then what is refused for lack of an answer or for a wrong one, until nothing is."""
        asks = {ask['key']: ask for ask in kind['asks']}
        answers = {ask['key']: self.answer(ask) for ask in kind['asks'] if ask['must']}
        who = next((HOLDERS[role] for role in kind['may'] if role in HOLDERS), None)
        for _ in range(12):
            given = [f'{key}={value}' for key, value in answers.items() if value is not None]
            given += [f'subject={subject}'] if subject else []
            judged = self.office.do(who, kind['id'], *given, '--dry-run', '--json')
            if judged.status == 0:
                return who, given
            refusals = [r for r in judged.json['refusals'] if not r['mark']]
            fields = {r['field'] for r in refusals}
            if not fields & (set(asks) | {'deviation_reason'}):
                return None
            for field in fields:
                answers[field] = '判断の理由' if field == 'deviation_reason' else \
                    self.answer(asks[field]) if field in asks else None
            if not [r for r in judged.json['refusals'] if r['mark']]:
                answers.pop('deviation_reason', None)
        return None

    def make(self, kind):
        """The outcome where the act was made; None where nothing here lets it be. The newest records come first: the
        office itself is to go on."""
        register = self.registers[kind['register']]
        states = None if kind['from'] == ['*'] else kind['from']
        subjects = [None] if kind['makes_record'] else \
            self.records(register['id'], states)[:-4:-1] if register['prefix'] else []
        for subject in subjects:
            found = self.attempt(kind, subject)
            if not found:
                continue
            made = self.office.do(found[0], kind['id'], *found[1], '--json')
            if made.status == 0:
                self.sign(kind, made.json)
                return made.json
        return None

    def sign(self, kind, outcome):
        for capacity in outcome['waiting_for']:
            for login in dict.fromkeys([HOLDERS.get(capacity), 'hansou', 'nenkin', 'soumu', 'chief']):
                if login and self.office.do(login, 'hand.give', f"subject={outcome['subject']}").status == 0:
                    break


def described(tap, told):
    """Nothing that an answer depends on is left out."""
    registers = {r['id'] for r in told['registers']} | {v['id'] for r in told['registers'] for v in r['lists']}
    roles = {r['id'] for r in told['roles']} | {'staff', 'self'}
    for act in told['acts']:
        lacking = [a['key'] for a in act['asks'] if a['type'] == 'choice' and not a['choices']]
        lacking += [a['key'] for a in act['asks'] if a['type'] in ('ref', 'refs') and not set(a['of']) <= registers]
        lacking += [role for role in act['may'] if role not in roles]
        lacking += [n for n in ('title',) if not (act[n]['en'] and act[n]['ja'])]
        tap.check(not lacking, f"{act['id']} is described whole", lacking)


def main():
    tap, office = Tap(), Office()
    driver = Driver(office)
    described(tap, driver.told)
    by_hand = [a for a in driver.told['acts'] if a['may'] and not a['by_program']]
    made, rounds = {}, 3
    for _ in range(rounds):
        for act in by_hand:
            if act['id'] not in made and (outcome := driver.make(act)):
                made[act['id']] = outcome
    for act in ('person.register', 'office.establish', 'appointment.make', 'operator.designate', 'outsider.register',
                'place.establish', 'rule.enter', 'payment.enter', 'media.register', 'media.receive', 'media.store',
                'media.checkout', 'media.record', 'media.erase', 'media.lost', 'takeout.request', 'media.destroy'):
        tap.check(act in made, f'{act} was made by somebody who knows nothing', sorted(made))
    tap.check(len(made) * 2 > len(by_hand), 'most acts could be made', f'{len(made)} of {len(by_hand)}',
              sorted({a['id'] for a in by_hand} - set(made)))
    tap.expect(office.as_person('chief', 'verify'), 0, 'and the file holds', 'Nothing was altered')
    office.close()
    tap.end()


if __name__ == '__main__':
    main()
