-- title: Eligible reports without any case
-- description: Reports that no exclusion holds for and that yielded no patient yet, most often for want of a full text.
select r.record_id, r.pmid, r.doi, r.title, r.journal, r.year
from records r
where r.eligible = 'yes'
  and (r.duplicate_of is null or r.duplicate_of = '')
  and not exists (select 1 from cases c where c.record_id = r.record_id and c.case_source = 'own')
order by r.year desc, r.title;
