using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Sweeps.Spaces;

namespace Fairlead.Sweeps.Tests.Spaces;

public sealed class RangeTextTests
{
    private static readonly JsonElement Number = JsonElement.Parse("0.01");

    [Theory]
    [InlineData("8,16,32", "0", "8")]
    [InlineData("8, 16 ,32", "0.5", "16")]
    [InlineData("8,16,32", "1", "32")]
    [InlineData(".5,+2,1e3", "0", "0.5")]
    [InlineData("1e3,2", "0", "1e3")]
    [InlineData("0.1..0.5", "0", "0.1")]
    [InlineData("0.1..0.5", "1", "0.5")]
    [InlineData("0.1..0.5", "0.5", "0.3")]
    [InlineData("-1..1", "0.5", "0")]
    [InlineData("log:1e-4..1", "0.5", "0.01")]
    [InlineData("log:1e-4..1", "0.1", "0.000251189")]
    [InlineData("log:1e-4..1", "7", "1")]
    [InlineData("int:4..64", "0", "4")]
    [InlineData("int:4..64", "1", "64")]
    [InlineData("int:log:1..1024", "0.5", "23")]
    [InlineData("log:int:1..1024", "0.5", "23")]
    [InlineData("int:-3..3", "0.5", "0")]
    [InlineData("16", "0.3", "16")]
    public void Range_PlaceInIt_IsTheValueAsItIsSpelt(string text, string unit, string value) =>
        Assert.Equal(value, RangeText.Parse("p", text, Number).ValueAt(double.Parse(unit)).GetRawText());

    [Fact]
    public void List_OfTextsAndBooleans_HasTheTypeOfTheProjectFile()
    {
        var text = RangeText.Parse("kind", "adam,1,../x..y", JsonElement.Parse("\"sgd\""));
        Assert.Equal(["\"adam\"", "\"1\"", "\"../x..y\""], Enumerable.Range(0, 3).Select(index => text.ValueOf(index).GetRawText()));
        Assert.False(text.IsOrdered);
        var flag = RangeText.Parse("flag", "true,false", JsonElement.Parse("false"));
        Assert.Equal(JsonValueKind.True, flag.ValueOf(0).ValueKind);
        Assert.True(RangeText.Parse("p", "32,16,8", Number).IsOrdered);
        Assert.False(RangeText.Parse("p", "32,8,16", Number).IsOrdered);
    }

    [Theory]
    [InlineData("1..0", "goes downwards; write it as '0..1'")]
    [InlineData("int:log:64..4", "write it as 'int:log:4..64'")]
    [InlineData("5..5", "has one value only")]
    [InlineData("log:0..1", "which has no logarithm")]
    [InlineData("log:-1..1", "which has no logarithm")]
    [InlineData("int:0.5..4", "no whole numbers")]
    [InlineData("int:1..1e300", "no whole numbers")]
    [InlineData("log:1", "is no range")]
    [InlineData("log:", "is no range")]
    [InlineData("int:a..b", "is no range")]
    [InlineData("1..b", "is no range")]
    [InlineData("-1.7e308..1.7e308", "is too wide")]
    [InlineData("NaN..1", "no number")]
    [InlineData("1,,2", "has an empty value")]
    [InlineData("", "has an empty value")]
    [InlineData("8,eight", "has 'eight'")]
    [InlineData("8,8", "has 8 twice")]
    [InlineData("1e999", "no number")]
    public void Range_ThatMeansNothing_IsRefusedWithACure(string text, string part)
    {
        var refused = Assert.Throws<FairleadException>(() => RangeText.Parse("l2", text, Number));
        Assert.Equal(ProblemKind.Invalid, refused.Kind);
        Assert.Contains(part, refused.Message);
        Assert.Contains("'l2'", refused.Message);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void Range_OfNumbersForAText_IsRefused() =>
        Assert.Contains("list the values", Assert.Throws<FairleadException>(() => RangeText.Parse("kind", "0..1", JsonElement.Parse("\"sgd\""))).Message);

    [Fact]
    public void Values_OfAnyDomain_LieWhereTheyCameFrom()
    {
        var random = new Random(3);
        foreach (var text in new[] { "log:1e-9..3e7", "-5..3", "int:-7..1000", "int:log:1..100000", "3,1,2", "1,2,3,5,8", "int:1..2" })
        {
            var domain = RangeText.Parse("p", text, Number);
            for (var i = 0; i < 2000; i++)
            {
                var value = domain.ValueAt(random.NextDouble());
                var unit = domain.UnitOf(value);
                Assert.InRange(unit, 0, 1);
                Assert.Equal(value.GetRawText(), domain.ValueAt(unit).GetRawText());
            }
        }
    }

    [Fact]
    public void Integers_DrawnEvenly_ComeEquallyOften()
    {
        var domain = RangeText.Parse("p", "int:1..5", Number);
        var counts = Enumerable.Range(0, 5000).GroupBy(i => domain.ValueAt((i + 0.5) / 5000).GetInt32()).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal([1000, 1000, 1000, 1000, 1000], Enumerable.Range(1, 5).Select(number => counts[number]));
    }
}
