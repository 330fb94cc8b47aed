-- Two schemas as the page describes them, with the final table as rule DAT011 creates it. Two tenants and two providers
-- use the same external ids, and one night brings a customer twice.
create table raw_ingestion.nightly (
    tenant_id text not null,
    provider text not null,
    external_id text not null,
    name text not null
);
create index raw_ingestion.nightly_ids on nightly (tenant_id, provider, external_id);

insert into final_schema.customer (tenant_id, provider, external_id, name) values
    ('A', 'crm', '1', 'Ada'),
    ('A', 'crm', '2', 'Grace'),
    ('B', 'crm', '1', 'Edsger');
insert into raw_ingestion.nightly (tenant_id, provider, external_id, name) values
    ('A', 'crm', '1', 'Ada'),
    ('A', 'crm', '2', 'Grace'),
    ('A', 'crm', '3', 'Barbara'),
    ('A', 'crm', '3', 'Barbara'),
    ('A', 'shop', '1', 'Margaret'),
    ('B', 'crm', '2', 'Tony');
