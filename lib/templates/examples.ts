import type { Rendered } from ".";

/** Templates as devices announce them, each with a message and what Home Assistant would make of it. */
export interface TemplateExample {
  rule: string;
  template: string;
  payload: string;
  gives: Rendered["kind"] | { text: string };
}

const text = (text: string): { text: string } => ({ text });
const ex = (rule: string, template: string, payload: string, gives: TemplateExample["gives"]): TemplateExample => ({
  rule,
  template,
  payload,
  gives,
});

export const examples: readonly TemplateExample[] = [
  ex("a member", "{{ value_json.t }}", '{"t": 21}', text("21")),
  ex("floats stay floats", "{{ value_json.t }}", '{"t": 21.0}', text("21.0")),
  ex("True as Python prints it", "{{ value_json.on }}", '{"on": true}', text("True")),
  ex("None is unknown", "{{ value_json.t }}", '{"t": null}', "unknown"),
  ex("a missing member keeps", "{{ value_json.t }}", '{"h": 3}', "keep"),
  ex("no JSON keeps", "{{ value_json.t }}", "21", "keep"),
  ex("a member of nothing keeps", "{{ value_json.a.b }}", '{"c": 1}', "keep"),
  ex("a key with a colon", "{{ value_json['switch:0'].output }}", '{"switch:0":{"output":false}}', text("False")),
  ex("lists print", "{{ value_json.l }}", '{"l":[1,"a",null]}', text("[1, 'a', None]")),
  ex("the last of two equal keys", "{{ value_json.a }}", '{"a":1,"a":2}', text("2")),
  ex("large integers stay exact", "{{ value_json.a }}", '{"a":12345678901234567890}', text("12345678901234567890")),
  ex("round is right on the binary value", "{{ value|float|round(2) }}", "0.285", text("0.28")),
  ex("ties go to even", "{{ value|float|round(0) }} {{ 3.5|round }} {{ 0.125|round(2) }}", "2.5", text("2 4 0.12")),
  ex("round upwards", '{{ value|round(1, "ceil") }}', "2.01", text("2.1")),
  ex("round with a default", "{{ value|round(1, default=None) }}", "n/a", "unknown"),
  ex("float without default fails", "{{ value|float }}", "n/a", "keep"),
  ex("float(x, default)", "{{ float(value, default=0) }}", "n/a", text("0")),
  ex("int cuts off", "{{ int(value) + 1 }} {{ '7.9'|int }} {{ 'ff'|int(0, 16) }}", "4", text("5 7 255")),
  ex("division gives a float", "{{ value|int / 2 }} {{ 7 // 2 }} {{ -7 // 2 }} {{ -7 % 3 }}", "4", text("2.0 3 -4 2")),
  ex(
    "formats by %",
    "{{ '%.1f' % value|float }} {{ '%d/%d' % (7, 2.9) }} {{ '%02d' % 5 }} {{ '%+.2f' % 1 }} {{ '%5s|%-4s|' % ('a', 'b') }}",
    "3.14159",
    text("3.1 7/2 05 +1.00     a|b   |"),
  ),
  ex(
    "the filter format",
    "{{ '%.0f %.2f %x %g %e %%' | format(value|float, 0.125, 255, 1e-7, 12345) }} {{ '%(a)s' | format(a=true) }}",
    "2.5",
    text("2 0.12 ff 1e-07 1.234500e+04 % True"),
  ),
  ex("a format without its value fails", "{{ '%d %d' | format(value|int) }}", "3", "keep"),
  ex("a format of what is no number fails", "{{ '%d' % value }}", "3", "keep"),
  ex("the words of a text", "{{ value | wordcount }}", "a b  c", text("3")),
  ex("precedence", "{{ 2 + 3 * 2 ** 2 }}{{ 3 * 4 ~ 'x' }} {{ -2|abs }} {{ not 1 == 2 }}", "", text("1412x 2 True")),
  ex("if else", "{% if value_json.p > 0 %}ON{% else %}OFF{% endif %}", '{"p": 2.5}', text("ON")),
  ex("elif", "{% if value == 'a' %}1{% elif value == 'b' %}2{% else %}3{% endif %}", "b", text("2")),
  ex("an inline if without else is nothing", "{{ 'x' if value == 'a' }}", "b", "keep"),
  ex("white space control", "{%- if true -%}  a  {%- endif -%}", "", text("a")),
  ex("a dict of words", "{{ {1:'open', 0:'closed', None:'lost'}[value_json.s] }}", '{"s":null}', text("lost")),
  ex("dict.get", '{{ value_json.get("e", [])|length }}', "{}", text("0")),
  ex("in", '{{ "over" in value_json.errors }}', '{"errors":["over"]}', text("True")),
  ex(
    "default",
    "{{ value_json.x|default('none given') }} {{ value_json.n|d('-', true) }}",
    '{"n":0}',
    text("none given -"),
  ),
  ex("is defined, not", "{{ value_json.x is not defined and value_json.y is none }}", '{"y":null}', text("True")),
  ex("is equalto, divisibleby", "{{ 4 is equalto 4 and 4 is divisibleby 2 and 3 is not even }}", "", text("True")),
  ex("is_defined keeps", "{{ value_json.x | is_defined }}", "{}", "keep"),
  ex("lower on a boolean", "{{ value_json.b|lower }}", '{"b":true}', text("true")),
  ex(
    "to_json and tojson",
    "{{ value_json|to_json }} {{ value_json|tojson }}",
    '{"a":[1,"<"]}',
    text('{"a":[1,"<"]} {"a": [1, "\\u003c"]}'),
  ),
  ex("a member named like a method", "{{ value_json['values'][0] }}", '{"values":[9]}', text("9")),
  ex("a method is no value", "{{ value_json.values }}", '{"values":[9]}', "keep"),
  ex("slices", "{{ value.split(',')[0:3]|join(',') }} {{ value[::-1][:1] }}", "153,76,0,0,9", text("153,76,0 9")),
  ex(
    "loops and namespace",
    "{% set ns = namespace(n=0) %}{% for i in value_json.l if i > 1 %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}",
    '{"l":[1,2,3]}',
    text("5"),
  ),
  ex("a loop's set stays inside", "{% set x = 1 %}{% for i in [1] %}{% set x = 2 %}{% endfor %}{{ x }}", "", text("1")),
  ex(
    "continue and break",
    "{% for i in range(9) %}{% if i == 1 %}{% continue %}{% endif %}{% if i == 4 %}{% break %}{% endif %}{{ i }}{% endfor %}",
    "",
    text("023"),
  ),
  ex(
    "unpacking",
    "{% for k, v in value_json.items() %}{{ k }}={{ v }};{% endfor %}",
    '{"a":1,"b":2}',
    text("a=1;b=2;"),
  ),
  ex(
    "selectattr, map, first",
    "{{ value_json|selectattr('n','eq',2)|map(attribute='v')|first }}",
    '[{"n":1,"v":"a"},{"n":2,"v":"b"}]',
    text("b"),
  ),
  ex(
    "regex_findall with names",
    "{{ (value|regex_findall('^(?P<b>\\w+)_(?P<a>hold|press)$'))[0][1] }}",
    "left_hold",
    text("hold"),
  ),
  ex(
    "regex_replace, regex_match",
    "{{ value|regex_replace('(\\d+)', '<\\1>') }} {{ value|regex_match('a') }}",
    "a12",
    text("a<12> True"),
  ),
  ex(
    "truncate",
    "{{ value|truncate(6, True, '', 0) }} {{ 'one two three'|truncate(9, False, '…', 0) }}",
    "abcdefghij",
    text("abcdef one two…"),
  ),
  ex("raw", "{% raw %}{{ x }}{% endraw %}", "", text("{{ x }}")),
  ex("comments", "a{# {{ nothing }} #}b", "", text("ab")),
  ex("a dict inside of a print", "{{ {'a': {'b': value}}['a']['b'] }}", "7", text("7")),
  ex(
    "timestamps",
    "{{ value|int|timestamp_utc }} {{ as_timestamp('1970-01-02T00:00:00Z') }}",
    "0",
    text("1970-01-01T00:00:00+00:00 86400.0"),
  ),
  ex("timestamp_custom", "{{ 1704163445|timestamp_custom('%d.%m.%Y %H:%M', false) }}", "", text("02.01.2024 02:44")),
  ex("strptime", "{{ strptime(value, '%d/%m/%Y').strftime('%Y-%m-%d') }}", "02/01/2024", text("2024-01-02")),
  ex("exponents as Python has them", "{{ 0.00001 }} {{ 1e16 }} {{ 123456789.0 }}", "", text("1e-05 1e+16 123456789.0")),
  ex("an unknown filter keeps", "{{ value|launch }}", "1", "keep"),
  ex("Home Assistant's own states are not here", "{{ states('sensor.x') }}", "1", "keep"),
];

/** Templates that a stranger may retain on a broker. None may take long, and each keeps the old value. */
export const hostile: readonly { name: string; template: string; payload?: string }[] = [
  {
    name: "a loop in a loop in a loop",
    template: "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}",
  },
  {
    name: "doubling text",
    template: `{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}{{ ns.s }}`,
  },
  { name: "a huge repeat", template: "{{ 'x' * 10 ** 12 }}" },
  { name: "a huge power", template: "{{ 9 ** 99 ** 99 }}" },
  { name: "a huge padding", template: "{{ 'x'.rjust(10000000000) }}" },
  { name: "a huge range", template: "{{ range(10000000000)|list|length }}" },
  {
    name: "a regular expression that backtracks",
    template: "{{ value|regex_match('(a+)+$') }}",
    payload: `${"a".repeat(60)}!`,
  },
  {
    name: "a regular expression over much",
    template: "{{ value|regex_replace('(.*)*x', '') }}",
    payload: "y".repeat(5000),
  },
  { name: "brackets a thousand deep", template: `{{ ${"[".repeat(5000)}${"]".repeat(5000)} }}` },
  { name: "nots a thousand deep", template: `{{ ${"not ".repeat(5000)}1 }}` },
  { name: "ifs a thousand deep", template: "{% if 1 %}".repeat(1000) + "{% endif %}".repeat(1000) },
  { name: "a private member", template: "{{ value.__class__.__mro__ }}" },
  { name: "the constructor", template: "{{ value.constructor }}" },
  { name: "a prototype", template: "{{ {}['__proto__'] }}" },
  { name: "an open print", template: "{{ value" },
  { name: "an open text", template: "{{ 'value }}" },
  { name: "a macro that calls itself", template: "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}" },
  { name: "an include", template: "{% include '/etc/passwd' %}" },
  { name: "too long a source", template: `{{ 1 }}${" ".repeat(40_000)}` },
];
