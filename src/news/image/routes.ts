import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { documentRefusalStatus } from '#document/contract.ts';
import { documentRefusalWords } from '#document/words.ts';
import { id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import { provinceSlug } from '#place/contract.ts';
import { isKnown } from '#platform/bytes.ts';
import { read } from '#platform/db.ts';
import type { House, Server } from '#platform/http.ts';
import { command } from '#platform/once.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { placeOf, requireActor } from '#platform/session.ts';
import { readUpload } from '#platform/upload.ts';
import { mayReadDrafts, newsroom } from '../contract.ts';
import { itemRefusalStatus } from '../item/contract.ts';
import { everybody } from '../item/queries.ts';

import { itemRefusalWords } from '../item/words.ts';
import type { Front } from '../ready/actions.ts';
import { addImage, draftImage, publicImage } from './actions.ts';
import {
  imageFieldsShape,
  imageListShape,
  imageRefusalStatus,
  mostImageBytes,
  mostPixels,
} from './contract.ts';
import { listImages } from './queries.ts';
import { imageRefusalWords } from './words.ts';

const status = { ...itemRefusalStatus, ...imageRefusalStatus, ...documentRefusalStatus };
const words = { ...itemRefusalWords, ...imageRefusalWords, ...documentRefusalWords };
const itemAddress = z.object({ province: provinceSlug, item: z.uuid() });

/** Pictures of items: described, told by their content, and shown once they stand in a published text. */
export const imageRoutes =
  ({ house }: Front): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock } = house;
    app.get(
      '/api/provinces/:province/news/:item/images',
      {
        preHandler: requireActor(...mayReadDrafts),
        schema: {
          summary: 'The pictures of an item of news',
          params: itemAddress,
          response: { 200: imageListShape, ...problemResponses },
        },
      },
      async (request, _reply) => {
        const { provinceId, scope } = await placeOf(request, request.params.province);
        const itemId = id(request.params.item);
        const images = await read(db, scope, (tx) => listImages(tx, { provinceId, itemId }));
        return {
          images: images.map(({ imageId, altFa, altEn, width, height }) => ({
            id: imageId,
            altFa,
            altEn,
            width,
            height,
          })),
        };
      },
    );

    app.post(
      '/api/provinces/:province/news/:item/images',
      {
        preHandler: requireActor(...newsroom),
        schema: {
          summary: 'Adds a picture to an item: a multipart form with one part, the file',
          consumes: ['multipart/form-data'],
          params: itemAddress,
          querystring: imageFieldsShape,
          response: { 201: z.object({ id: z.uuid() }), ...problemResponses },
        },
      },
      async (request, reply) => {
        const { actor: by, provinceId, scope } = await placeOf(request, request.params.province);
        const upload = await readUpload(request, {
          accepts: ['png', 'jpeg'],
          mostBytes: mostImageBytes,
          mostPixels,
          nothingBehind: true,
        });
        const fields = request.query;
        const asked = { scope, route: 'POST news/images', body: { ...fields, sha256: upload.hash } };
        const picture = must(upload.picture, 'a picture, for nothing else is accepted');
        const sent = { fields, name: upload.fileName, bytes: upload.bytes, picture };
        const result = await command(house, request, asked, (tx) =>
          addImage({ tx, clock, provinceId, by }, { itemId: request.params.item, sent }),
        );
        return answer(reply, result, status, words, 201);
      },
    );

    showImages(app, house);
  };

/** The bytes of a picture: of a draft for those who may read it, of what is published for everybody. */
function showImages(app: Server, house: House): void {
  const { db } = house;
  app.get(
    '/api/provinces/:province/news/:item/images/:image',
    {
      preHandler: requireActor(...mayReadDrafts),
      schema: {
        summary: 'A picture of an item for those who may read its draft, as it was cleaned when it was sent',
        params: itemAddress.extend({ image: z.uuid() }),
      },
    },
    async (request, reply) => {
      const { provinceId, scope } = await placeOf(request, request.params.province);
      const { item: itemId, image: imageId } = request.params;
      const found = await read(db, scope, (tx) => draftImage(tx, { provinceId, itemId, imageId }));
      const { media, bytes } = answer(reply, found, status, words);
      return reply.type(media).header('cache-control', 'private, no-store').send(bytes);
    },
  );

  app.get(
    '/news/:item/images/:image',
    { schema: { hide: true, params: z.object({ item: z.uuid(), image: z.uuid() }) } },
    async (request, reply) => {
      const { item: itemId, image: imageId } = request.params;
      const found = await read(db, everybody, (tx) => publicImage(tx, { itemId, imageId }));
      const { media, bytes } = answer(reply, found, status, words);
      // What stands under an id never changes.
      const tag = `"${imageId}"`;
      void reply.header('cache-control', 'public, max-age=86400').header('etag', tag);
      return isKnown(request, tag) ? reply.code(304).send() : reply.type(media).send(bytes);
    },
  );
}
