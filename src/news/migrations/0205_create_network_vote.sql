-- How many new votes came from networks today, so that a restart forgives no cap. Neither an address nor its hash is
-- kept: networks are thrown into 4,096 heaps, other ones under each item and on each day, and only the heap is counted.
-- Some ten networks of the country and four thousand of the world lie in each, so that nobody, the key at hand, can
-- say from which of them a vote came. Heaps of days that are over are taken away with the first vote of the next.

create table news.network_vote (
  province_id smallint not null,
  voted_on platform.day not null,
  item_id uuid not null,
  heap smallint not null,
  votes smallint not null,
  constraint network_vote_pk primary key (province_id, voted_on, item_id, heap),
  constraint network_vote_item_fk foreign key (province_id, item_id) references news.item (province_id, item_id),
  constraint network_vote_heap_tells_none check (heap between 0 and 4095),
  constraint network_vote_counted check (votes >= 0)
);
comment on table news.network_vote is
  'kept: new votes of a heap of networks for an item on a day; of earlier days nothing is kept';
grant select, insert, delete on news.network_vote to karsaz_app;
grant update (votes) on news.network_vote to karsaz_app;

alter table news.network_vote enable row level security;
alter table news.network_vote force row level security;
create policy network_vote_read on news.network_vote for select using (
  province_id = platform.scope_province()
  and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
);
create policy network_vote_add on news.network_vote for insert with check (
  province_id = platform.scope_province()
  and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
);
create policy network_vote_move on news.network_vote for update
  using (
    province_id = platform.scope_province()
    and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
  )
  with check (province_id = platform.scope_province());
create policy network_vote_forget on news.network_vote for delete using (
  province_id = platform.scope_province()
  and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
);
