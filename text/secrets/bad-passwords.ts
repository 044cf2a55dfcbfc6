/**
 * Words of letters alone that people take for a password more than for anything else, as every list of bad ones has them. Words that
 * instructions write where one belongs (`changeme`, `secret`, `admin`) are left out.
 */
export const badPasswords: ReadonlySet<string> = new Set(
  (
    'qwerty qwertyui qwertyuiop qwertz azerty asdfgh asdfghjk asdfghjkl asdasd zxcvbn zxcvbnm qazwsx qazwsxedc wsxedc qweasd qweasdzxc qweqwe poiuyt ' +
    'letmein iloveyou ilovey iloveu loveme lovely sunshine princess football baseball basketball monkey dragon superman batman spiderman pokemon starwars ' +
    'michael jordan ashley jennifer charlie daniel jessica michelle nicole thomas anthony matthew andrew joshua robert samantha maggie buster ginger pepper ' +
    'cookie cheese banana chocolate butterfly flower purple orange summer winter hello helloworld whatever freedom trustnoone ninja killer hunter ranger ' +
    'soccer hockey harley mustang ferrari mercedes corvette yankees cowboys liverpool arsenal chelsea barcelona juventus hottie babygirl blink angel angels ' +
    'tigger snoopy computer internet nintendo playstation minecraft abcdef abcdefg abcdefgh aaaaaa aaaaaaaa xxxxxx toor woaini woaiwojia ' +
    'woaiwo wodemima mima nihao shanghai beijing zhongguo wangyi taobao tiancai laopo laogong baobei qingfeng xiaoming zhangwei liwei wangfang'
  ).split(' '),
);
