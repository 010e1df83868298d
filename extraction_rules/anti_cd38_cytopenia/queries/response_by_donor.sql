-- title: Response by donor
-- description: Unique transplanted patients with a reported donor type, and how many of them responded.
select
  donor_type as donor,
  count(*) as patients,
  count(response) as response_reported,
  sum(response in ('CR', 'PR', 'R')) as responders,
  round(100.0 * sum(response in ('CR', 'PR', 'R')) / nullif(count(response), 0), 1) as percent_responding
from patients
where donor_type is not null and donor_type <> ''
group by donor_type
order by patients desc, donor;
