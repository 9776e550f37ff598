using Fairlead.Roles.Stages;

namespace Fairlead.Tests.Roles.Stages;

public sealed class SimpleExpressionTests
{
    [Theory]
    [InlineData("metrics.evaluate.auc > 0.58")]
    [InlineData("replay.auc >= replay.recorded.auc - 0.005")]
    [InlineData("not stages.watch.good")]
    [InlineData("inputs.share between 0 and 1 and (stages.a.status = 'succeeded' or number <> 1.5e-3)")]
    [InlineData("inputs.\"odd name\" in ('a', 'it''s', 'b')")]
    [InlineData("case when x then (1) else -(2) end % 3 = 1")]
    [InlineData("value is not null\n  and value != 0")]
    public void Is_ColumnsConstantsAndWhatJoinsThem_Yes(string expression) => Assert.True(SimpleExpression.Is(expression));

    [Theory]
    [InlineData("repeat('x', 1000000000) = ''")]
    [InlineData("repeat ('x', 1000000000) = ''")]
    [InlineData("\"repeat\"('x', 1000000000) = ''")]
    [InlineData("'x'.repeat(1000000000) = ''")]
    [InlineData("repeat/**/('x', 9) = ''")]
    [InlineData("repeat--\n('x', 9) = ''")]
    [InlineData("(select 1) = 1")]
    [InlineData("exists (from range(9))")]
    [InlineData("a like '%a%a%a%a%b'")]
    [InlineData("a ~ '(a*)*b'")]
    [InlineData("'a' || 'b' = 'ab'")]
    [InlineData("[x for x in y] = y")]
    [InlineData("a::blob = b")]
    [InlineData("\"a\"\"b\"('x')")]
    [InlineData("x ; select 1")]
    [InlineData("'open")]
    [InlineData("e'\\' = 'x'")]
    [InlineData("a = 'one\\'")]
    [InlineData("ｒepeat('x')")]
    public void Is_WhatMayMakeMuchOfLittle_No(string expression) => Assert.False(SimpleExpression.Is(expression));
}
