-- Two schemas as the page describes them; two tenants use the same external ids.
create table raw_ingestion.nightly (
    tenant_id text not null,
    external_id integer not null,
    name text not null
);
create unique index raw_ingestion.nightly_ids on nightly (tenant_id, external_id);
create table final_schema.customer (
    id integer primary key,
    tenant_id text not null,
    external_id integer not null,
    name text not null
);
create unique index final_schema.customer_ids on customer (tenant_id, external_id);

insert into final_schema.customer (tenant_id, external_id, name) values
    ('A', 1, 'Ada'),
    ('A', 2, 'Grace'),
    ('B', 1, 'Edsger');
insert into raw_ingestion.nightly (tenant_id, external_id, name) values
    ('A', 1, 'Ada'),
    ('A', 2, 'Grace'),
    ('A', 3, 'Barbara'),
    ('B', 2, 'Tony');
