// Node 26 for Linux is linked against libatomic.so.1, which a bare Debian does not have, and takes a single
// function from it. This file writes a library that holds that function and nothing else. Why it is written
// here and not brought along: docs/decisions/0009-the-one-function-of-libatomic.md.
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const name = 'libatomic.so.1';

/**
 * `bool __atomic_compare_exchange(size_t n, void *mem, void *expected, void *desired, int success, int failure)`
 *
 * When the n bytes at `mem` are those at `expected`, puts those at `desired` in their place and answers 1;
 * otherwise puts what `mem` holds into `expected` and answers 0; either way in one step for all other threads,
 * in the strictest order, whichever was asked for. Sizes of 1, 2, 4, 8 and 16 bytes at their own alignment (on
 * x64 the first four at any) are the processor's own compare-and-exchange. Any other takes `lock`, which is
 * enough, since whoever reads such a value has to come through this library and it has no other function.
 *
 * Each line is the bytes of one instruction and what they say. x64 was written by hand and assembled by GNU as;
 * arm64 is what LLVM makes of the same steps.
 */
const code = {
  x64: `
  4883ff08        cmp rdi, 0x8
  7446            je eight
  4883ff04        cmp rdi, 0x4
  7453            je four
  4883ff02        cmp rdi, 0x2
  745c            je two
  4883ff01        cmp rdi, 0x1
  7469            je one
  4883ff10        cmp rdi, 0x10
  7578            jne other
  40f6c60f        test sil, 0xf
  7572            jne other
  4989d9          mov r9, rbx
  4989d0          mov r8, rdx
  488b19          mov rbx, [rcx]
  488b4908        mov rcx, [rcx+0x8]
  498b00          mov rax, [r8]
  498b5008        mov rdx, [r8+0x8]
  f0480fc70e      lock cmpxchg16b [rsi]
  4c89cb          mov rbx, r9
  744e            je stored
  498900          mov [r8], rax
  49895008        mov [r8+0x8], rdx
  31c0            xor eax, eax
  c3              ret
eight:
  488b02          mov rax, [rdx]
  488b09          mov rcx, [rcx]
  f0480fb10e      lock cmpxchg [rsi], rcx
  7437            je stored
  488902          mov [rdx], rax
  31c0            xor eax, eax
  c3              ret
four:
  8b02            mov eax, [rdx]
  8b09            mov ecx, [rcx]
  f00fb10e        lock cmpxchg [rsi], ecx
  7427            je stored
  8902            mov [rdx], eax
  31c0            xor eax, eax
  c3              ret
two:
  0fb702          movzx eax, word [rdx]
  0fb709          movzx ecx, word [rcx]
  66f00fb10e      lock cmpxchg [rsi], cx
  7415            je stored
  668902          mov [rdx], ax
  31c0            xor eax, eax
  c3              ret
one:
  8a02            mov al, [rdx]
  8a09            mov cl, [rcx]
  f00fb00e        lock cmpxchg [rsi], cl
  7405            je stored
  8802            mov [rdx], al
  31c0            xor eax, eax
  c3              ret
stored:
  b801000000      mov eax, 0x1
  c3              ret
other:
  b801000000      mov eax, 0x1
  87055f040100    xchg [lock], eax
  85c0            test eax, eax
  7404            je mine
  f390            pause
  ebed            jmp other
mine:
  4531c0          xor r8d, r8d
next:
  4939f8          cmp r8, rdi
  741a            je same
  428a0406        mov al, [rsi+r8]
  423a0402        cmp al, [rdx+r8]
  7505            jne differs
  49ffc0          inc r8
  ebec            jmp next
differs:
  4531c9          xor r9d, r9d
  4889f9          mov rcx, rdi
  4889d7          mov rdi, rdx
  eb0f            jmp copy
same:
  41b901000000    mov r9d, 0x1
  4889f7          mov rdi, rsi
  4889ce          mov rsi, rcx
  4c89c1          mov rcx, r8
copy:
  f3a4            rep movsb
  31c0            xor eax, eax
  87051c040100    xchg [lock], eax
  4489c8          mov eax, r9d
  c3              ret
`,
  arm64: `
  090400d1  sub x9, x0, #1
  e80300aa  mov x8, x0
  3f0009ea  tst x1, x9
  61040054  b.ne at15
  0a0109ca  eor x10, x8, x9
  5f0109eb  cmp x10, x9
  09040054  b.ls at15
  0901c0da  rbit x9, x8
  2911c0da  clz x9, x9
  3f0500f1  cmp x9, #1
  0d020054  b.le at10
  3f0900f1  cmp x9, #2
  40070054  b.eq at24
  3f1100f1  cmp x9, #4
  20080054  b.eq at27
  3f0d00f1  cmp x9, #3
  c1020054  b.ne at15
  480040f9  ldr x8, [x2]
  690040f9  ldr x9, [x3]
  20008052  mov w0, #1
at7:
  2afc5fc8  ldaxr x10, [x1]
  5f0108eb  cmp x10, x8
  e10a0054  b.ne at37
  29fc0ac8  stlxr w10, x9, [x1]
  8affff35  cbnz w10, at7
at9:
  c0035fd6  ret
at10:
  e90800b4  cbz x9, at33
  3f0500f1  cmp x9, #1
  41010054  b.ne at15
  48004079  ldrh w8, [x2]
  69004079  ldrh w9, [x3]
  20008052  mov w0, #1
at13:
  2afc5f48  ldaxrh w10, [x1]
  5f01086b  cmp w10, w8
  e1090054  b.ne at38
  29fc0a48  stlxrh w10, w9, [x1]
  aafeff34  cbz w10, at9
  fbffff17  b at13
at15:
  89000090  adrp x9, (page of lock)
  29012091  add x9, x9, (lock within its page)
  2b008052  mov w11, #1
  2afd5f88  ldaxr w10, [x9]
  2b7d0c88  stxr w12, w11, [x9]
  8a010a2a  orr w10, w12, w10
  4affff35  cbnz w10, at15
  ea031faa  mov x10, xzr
  1f010aeb  cmp x8, x10
  00010054  b.eq at19
at17:
  2b686a38  ldrb w11, [x1, x10]
  4c686a38  ldrb w12, [x2, x10]
  7f010c6b  cmp w11, w12
  c1000054  b.ne at20
  4a050091  add x10, x10, #1
  1f010aeb  cmp x8, x10
  41ffff54  b.ne at17
at19:
  20008052  mov w0, #1
  04000014  b at21
at20:
  e0031f2a  mov w0, wzr
  e30301aa  mov x3, x1
  e10302aa  mov x1, x2
at21:
  2a0400d1  sub x10, x1, #1
  6b0400d1  sub x11, x3, #1
  c80000b4  cbz x8, at23
at22:
  6c696838  ldrb w12, [x11, x8]
  0d0500d1  sub x13, x8, #1
  4c692838  strb w12, [x10, x8]
  e8030daa  mov x8, x13
  88ffffb5  cbnz x8, at22
at23:
  3ffd9f88  stlr wzr, [x9]
  c0035fd6  ret
at24:
  480040b9  ldr w8, [x2]
  690040b9  ldr w9, [x3]
  20008052  mov w0, #1
at25:
  2afc5f88  ldaxr w10, [x1]
  5f01086b  cmp w10, w8
  41050054  b.ne at39
  29fc0a88  stlxr w10, w9, [x1]
  8af9ff34  cbz w10, at9
  fbffff17  b at25
at27:
  4b2840a9  ldp x11, x10, [x2]
  6d3040a9  ldp x13, x12, [x3]
at28:
  29a07fc8  ldaxp x9, x8, [x1]
  3f010beb  cmp x9, x11
  ee079f1a  cset w14, ne
  1f010aeb  cmp x8, x10
  ce058e1a  cinc w14, w14, ne
  8e000034  cbz w14, at30
  29a02ec8  stlxp w14, x9, x8, [x1]
  2effff35  cbnz w14, at28
  03000014  b at31
at30:
  2db02ec8  stlxp w14, x13, x12, [x1]
  cefeff35  cbnz w14, at28
at31:
  1f010aeb  cmp x8, x10
  20014bfa  ccmp x9, x11, #0, eq
  81010054  b.ne at36
  20008052  mov w0, #1
  c0035fd6  ret
at33:
  48004039  ldrb w8, [x2]
  69004039  ldrb w9, [x3]
  20008052  mov w0, #1
at34:
  2afc5f08  ldaxrb w10, [x1]
  5f01086b  cmp w10, w8
  61020054  b.ne at40
  29fc0a08  stlxrb w10, w9, [x1]
  2af6ff34  cbz w10, at9
  fbffff17  b at34
at36:
  e0031f2a  mov w0, wzr
  492000a9  stp x9, x8, [x2]
  c0035fd6  ret
at37:
  e0031f2a  mov w0, wzr
  5f3f03d5  clrex
  4a0000f9  str x10, [x2]
  c0035fd6  ret
at38:
  e0031f2a  mov w0, wzr
  5f3f03d5  clrex
  4a000079  strh w10, [x2]
  c0035fd6  ret
at39:
  e0031f2a  mov w0, wzr
  5f3f03d5  clrex
  4a0000b9  str w10, [x2]
  c0035fd6  ret
at40:
  e0031f2a  mov w0, wzr
  5f3f03d5  clrex
  4a000039  strb w10, [x2]
  c0035fd6  ret
`,
};

const machines = { x64: 62, arm64: 183 };

// Where things stand in the file. What is read and run comes first; what is written (the loader notes addresses
// in `dynamic`, the function takes `lock`) is seen one step further on, as pages of its own. The step is the
// largest page that Linux uses on arm64. The instructions above count on `text` and `step + lock`.
const at = { symbols: 0x140, strings: 0x180, hash: 0x1c0, versions: 0x1d8, defined: 0x1e0, text: 0x300 };
const [dynamic, lock, end, step] = [0x700, 0x800, 0x808, 0x10000];

const bytesOf = (listing) =>
  Buffer.from((listing.match(/^ {2}[0-9a-f]+/gm) ?? []).join('').replaceAll(' ', ''), 'hex');

// Fields of the file: how many bytes, and the number in them.
const half = (value) => [2, value];
const word = (value) => [4, value];
const long = (value) => [8, value];

/** The hash by which the loader compares the names of versions (System V ABI). */
function hashOf(title) {
  let hash = 0;
  for (const byte of Buffer.from(title)) {
    hash = (hash << 4) + byte;
    const high = hash & 0xf0000000;
    hash = (hash ^ (high >>> 24)) & ~high;
  }
  return hash >>> 0;
}

/** The library as a file: one function, of version LIBATOMIC_1.0, for one processor. */
export function makeLibatomic(arch) {
  const file = Buffer.alloc(end);
  const put = (offset, ...fields) => {
    let place = offset;
    for (const [size, value] of fields) {
      if (size === 8) file.writeBigUInt64LE(BigInt(value), place);
      else file.writeUIntLE(value, place, size);
      place += size;
    }
  };
  const strings = ['', '__atomic_compare_exchange', name, 'LIBATOMIC_1.0', ''].join('\0');
  const text = bytesOf(code[arch]);
  const string = (wanted) => strings.indexOf(wanted);

  // The file's head: 64 bits, little-endian, a shared object, four segments, no sections.
  file.write('\x7fELF\x02\x01\x01', 0, 'latin1');
  put(16, half(3), half(machines[arch]), word(1), long(0), long(64), long(0), word(0));
  put(52, half(64), half(56), half(4), half(0), half(0), half(0));
  const segments = [
    // kind, rights (4 read, 2 write, 1 run), from, shift, bytes, alignment
    [1, 5, 0, 0, dynamic, step],
    [1, 6, dynamic, step, end - dynamic, step],
    [2, 6, dynamic, step, lock - dynamic, 8],
    // The stack needs no right to run.
    [0x6474e551, 6, 0, 0, 0, 16],
  ];
  segments.forEach(([kind, rights, from, shift, bytes, alignment], index) => {
    const address = long(from + shift);
    put(64 + index * 56, word(kind), word(rights), long(from), address, address, long(bytes), long(bytes));
    put(64 + index * 56 + 48, long(alignment));
  });

  // Symbol 1 is a global function of version 2; symbol 0 is nobody's.
  put(
    at.symbols + 24,
    word(string('__atomic')),
    [1, 0x12],
    [1, 0],
    half(1),
    long(at.text),
    long(text.length),
  );
  file.write(strings, at.strings, 'latin1');
  put(at.hash, word(1), word(2), word(1), word(0), word(0));
  put(at.versions, half(0), half(2));
  const versions = [
    [1, 1, name, 28],
    [0, 2, 'LIBATOMIC_1.0', 0],
  ];
  versions.forEach(([flags, number, title, next], index) => {
    const start = at.defined + index * 28;
    put(start, half(1), half(flags), half(number), half(1), word(hashOf(title)), word(20), word(next));
    put(start + 20, word(string(title)), word(0));
  });
  text.copy(file, at.text);

  const entries = [
    [14, string(name)], // its own name
    [4, at.hash],
    [5, at.strings],
    [6, at.symbols],
    [10, strings.length],
    [11, 24], // bytes of a symbol
    [0x6ffffff0, at.versions],
    [0x6ffffffc, at.defined],
    [0x6ffffffd, versions.length],
    [0, 0],
  ];
  put(dynamic, ...entries.flatMap(([tag, value]) => [long(tag), long(value)]));
  return file;
}

/**
 * Puts the library where only those can change it who could change the Node that loads it: beside it in
 * node_modules or, where that cannot be written, in a new folder that is closed to others. Gives back the folder
 * and what to do with it in the end; undefined where nothing can be written, and for a processor that we have no
 * function for.
 */
export function placeLibatomic(root) {
  if (!(process.arch in code)) return undefined;
  const library = makeLibatomic(process.arch);
  const near = join(root, 'node_modules', '.libatomic');
  // The loader parts its list of folders at these signs and reads a name after a dollar.
  if (!/[:;$]/.test(near) && keep(near, library)) return { folder: near, drop: () => {} };
  try {
    const own = mkdtempSync(join(tmpdir(), 'karsaz-'));
    writeFileSync(join(own, name), library, { mode: 0o400 });
    return { folder: own, drop: () => rmSync(own, { recursive: true, force: true }) };
  } catch {
    return undefined;
  }
}

/** Whether the folder holds exactly this library, now if not before. */
function keep(folder, library) {
  const path = join(folder, name);
  try {
    if (readFileSync(path).equals(library)) return true;
  } catch {
    // Not there yet, or not to be read: written below, or not at all.
  }
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    const making = `${path}.${process.pid}`;
    writeFileSync(making, library, { mode: 0o644 });
    renameSync(making, path);
    return true;
  } catch {
    return false;
  }
}
