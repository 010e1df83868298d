-- title: Response by type of cytopenia
-- description: Unique patients with a reported response, by the cytopenia that was treated; responders are CR, PR and R.
select
  coalesce(cytopenia_type, 'not reported') as cytopenia,
  count(*) as patients,
  count(response) as response_reported,
  sum(response in ('CR', 'PR', 'R')) as responders,
  sum(response = 'CR') as complete,
  sum(response = 'PR') as partial,
  sum(response = 'R') as ungraded,
  sum(response = 'NR') as none,
  round(100.0 * sum(response in ('CR', 'PR', 'R')) / nullif(count(response), 0), 1) as percent_responding
from patients
group by cytopenia_type
order by patients desc, cytopenia;
