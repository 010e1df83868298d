-- title: New cases since a date
-- description: Own cases of eligible reports that came into the review on or after a date such as 2026-11-01; without a date, all of them.
select
  substr(versions.made_at, 1, 10) as came, first_author, cases.year, title, case_label, cytopenia_type, anti_cd38_agent, response,
  vital_status, pmid, doi, case_id
from cases
join changes on changes.subject = cases.case_id and changes.kind = 'case' and changes.change = 'new'
join versions using (version)
where eligible = 'yes'
  and case_source = 'own'
  and versions.made_at >= coalesce(nullif(:since, ''), '0')
order by came desc, first_author, case_index;
