import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { readConfig } from './config.ts';
import { appRole, openServer, ownerRole, type Server } from './installation.ts';
import { clusterOwner, onSocket } from './postgres.ts';

// The test server stands in for one of an operator; the logins and the database are this file's own.

const { socketFolder } = inject('house');
const tag = randomUUID().slice(0, 8);
const member = `member_${tag}`;
const stranger = `stranger_${tag}`;
const database = `external_${tag}`;
const superuser = new Client(onSocket(socketFolder, clusterOwner, 'postgres'));

const open = (login: string, more = ''): Promise<Server> =>
  openServer(
    readConfig({
      DATABASE_URL: `postgresql://${login}@localhost/${database}?host=${encodeURIComponent(socketFolder)}${more}`,
    }),
  );

beforeAll(async () => {
  await superuser.connect();
  for (const login of [member, stranger]) await superuser.query(`create role ${login} login`);
  await superuser.query(`grant ${ownerRole}, ${appRole} to ${member}`);
  await superuser.query(`create database ${database} owner ${member}`);
});
afterAll(async () => {
  await superuser.query(`drop database ${database} with (force)`);
  for (const login of [member, stranger]) await superuser.query(`drop role ${login}`);
  await superuser.end();
});

test('serves as karsaz_app and migrates as karsaz_owner, whoever signs in', async () => {
  const server = await open(member);
  expect(server.external).toBe(true);
  for (const role of [appRole, ownerRole] as const) {
    const db = server.open(role);
    const { rows } = await sql`select current_user as role, session_user as login`.execute(db);
    expect(rows).toEqual([{ role, login: member }]);
    await db.destroy();
  }
  await server.close();
});

test('lets the owner make schemas where the login owns the database', async () => {
  const server = await open(member);
  const owner = server.open(ownerRole);
  await sql`create schema made`.execute(owner);
  await owner.destroy();
  await server.close();
});

test('names the statement that an administrator has to run', async () => {
  await expect(open(stranger)).rejects.toThrow(`grant ${ownerRole} to ${stranger}`);
});

test('refuses an address whose options would take the place of the role', async () => {
  await expect(open(member, '&options=-c%20role%3Dnone')).rejects.toThrow('carry no options');
  const other = readConfig({ DATABASE_URL: 'mysql://localhost/karsaz' });
  await expect(openServer(other)).rejects.toThrow('postgresql://');
});

test('says so when the server cannot be reached', async () => {
  const nowhere = readConfig({ DATABASE_URL: 'postgresql://localhost:1/karsaz' });
  await expect(openServer(nowhere)).rejects.toThrow('Cannot connect to the server of DATABASE_URL');
});

test('lets one process at a time prepare the database', async () => {
  const [one, two] = await Promise.all([open(member), open(member)]);
  const order: string[] = [];
  const step = (name: string) => async () => {
    order.push(`${name} in`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    order.push(`${name} out`);
  };
  await Promise.all([one.alone(step('one')), two.alone(step('two'))]);
  expect(order.map((entry) => entry.split(' ')[1])).toEqual(['in', 'out', 'in', 'out']);
  await one.close();
  await two.close();
});
