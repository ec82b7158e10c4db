import { BlockList, isIPv6 } from 'node:net';
import type { FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyInstance {
    /** The origin under which everybody reads the pages; undefined: whichever a request was sent to. */
    publicAddress: string | undefined;
  }
}

/**
 * The origin of whole addresses: of what is shared, printed and found by search engines. Where none is set it is the
 * one that this request was sent to, and whoever asks under another name is answered with that name.
 */
export const originOf = ({ server, protocol, host }: FastifyRequest): string =>
  server.publicAddress ?? `${protocol}://${host}`;

/** A host as addresses write it under a protocol, without the port that goes without saying; null for what is none. */
const hostUnder = (protocol: string, host: string): string | null =>
  URL.parse(`${protocol}//${host}`)?.host ?? null;

/**
 * Whether a page of another site has sent a request. Older browsers, and every browser on plain HTTP, tell only the
 * origin of a page; programmes tell nothing. A neighbour under one domain is another site unless the origin is ours.
 */
export function isOfOtherSite({ server, host, headers }: FastifyRequest): boolean {
  const { origin, 'sec-fetch-site': told } = headers;
  if (told === 'cross-site') return true;
  if (told === 'same-origin' || told === 'none') return false;
  if (origin === undefined) return told === 'same-site';
  const sender = URL.parse(origin);
  if (sender === null) return true;
  const published = URL.parse(server.publicAddress ?? '')?.host;
  return sender.host !== published && sender.host !== hostUnder(sender.protocol, host);
}

const loopback = /^(?:::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/;
/** As many addresses as are remembered; proxies are few, and one that is asked of is asked eight times a request. */
const mostRemembered = 1_000;

/** Whether what a proxy says of the client is believed: addresses, networks in CIDR, and the word `loopback`. */
export function believes(proxies: readonly string[]): (address: string) => boolean {
  // The usual list is no more than a glance: a list of networks reads each address with a parser.
  if (proxies.every((proxy) => proxy === 'loopback')) return (address) => loopback.test(address);
  const listed = new BlockList();
  for (const proxy of proxies) {
    const [network = '', prefix] = proxy.split('/');
    const family = isIPv6(network) ? 'ipv6' : 'ipv4';
    if (proxy === 'loopback') {
      listed.addSubnet('127.0.0.0', 8, 'ipv4');
      listed.addAddress('::1', 'ipv6');
    } else if (prefix === undefined) listed.addAddress(network, family);
    else listed.addSubnet(network, Number.parseInt(prefix, 10), family);
  }
  const remembered = new Map<string, boolean>();
  return (address) => {
    const known = remembered.get(address);
    if (known !== undefined) return known;
    const found = listed.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(address, found);
    return found;
  };
}
