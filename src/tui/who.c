/* who.c: the banner of the person that a screen is about. */
#include "who.h"

#include <stdio.h>

#include "bar.h"
#include "base/text.h"
#include "clinic/desk.h"
#include "clinic/phone.h"

int who_load(struct ui *ui, struct id person, struct who *ret, struct err *err)
{
	struct person_card card = { 0 };
	const struct person *p = &card.person;
	const struct post *post;
	struct who w = { 0 };
	struct alerts alerts;
	char day[DAY_TEXT];
	int age;

	if (intake_person(ui->desk, person, &card, err) < 0)
		return -1;
	person_show(p->surname, p->given, p->title, w.name);
	person_show(p->surname, p->given, "", w.brief);
	age = date_age(p->born, ui->desk->today);
	if (age >= 0)
		snprintf(w.born, sizeof w.born, "%s (%dy)", date_show(p->born, day), age);
	if (p->nhs[0])
		nhs_show(p->nhs, w.nhs);
	snprintf(w.preferred, sizeof w.preferred, "%s", p->preferred);
	snprintf(w.gender, sizeof w.gender, "%s", p->gender);
	post = posts_current(&card.posts);
	if (post)
		snprintf(w.employee, sizeof w.employee, "%s", post->employee_no);
	alerts_of(&card, &alerts);
	w.alerts = alerts.n;
	person_card_done(&card);
	*ret = w;
	return 0;
}

int who_top(const struct who *w, int cols)
{
	int wide = text_width(w->name);

	return 4 + (wide > BANNER_NAME) + (wide > cols);
}

int who_draw(struct canvas *c, const struct who *w)
{
	const struct banner banner = { .name = w->name,
				       .born = w->born,
				       .nhs = w->nhs[0] ? w->nhs : NULL,
				       .preferred = w->preferred,
				       .gender = w->gender,
				       .employee = w->employee,
				       .alerts = w->alerts };

	return bar_person(c, &banner);
}
