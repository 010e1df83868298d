-- title: Cases since a year
-- description: Own cases of eligible reports published in or after a year; without a year, all of them.
select
  year, first_author, title, case_label, age_years, sex, cytopenia_type, anti_cd38_agent, response, vital_status, pmid, doi, case_id
from cases
where eligible = 'yes'
  and case_source = 'own'
  and year >= cast(coalesce(nullif(:since, ''), '0') as integer)
order by year desc, first_author, case_index;
