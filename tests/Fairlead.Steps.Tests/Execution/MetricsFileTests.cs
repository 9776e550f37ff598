using System.Text;
using Fairlead.Domain.Problems;
using Fairlead.Steps.Execution;
using Fairlead.Testing;

namespace Fairlead.Steps.Tests.Execution;

public sealed class MetricsFileTests
{
    [Theory]
    [InlineData("{\"auc\": 0.61, \"rows\": 12}", "auc=0.61 rows=12")]
    [InlineData("\uFEFF{\n  \"auc\": -1e-3\n}\n", "auc=-0.001")]
    [InlineData("{\"step\": 1, \"loss\": 3}\n{\"step\": 2, \"loss\": 2, \"auc\": 0.5}\n\n{\"step\": 3, \"loss\": 1}", "auc=0.5 loss=1")]
    [InlineData("{\"a\": 1, \"a\": 2}", "a=2")]
    public void Parse_OfFlatNumbers_KeepsTheLastValueOfEachName(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', MetricsFile.Parse(Encoding.UTF8.GetBytes(text), "m.json").Metrics.Select(pair => $"{pair.Key}={pair.Value}")));

    [Theory]
    [InlineData("", "holds no metric")]
    [InlineData("{}", "holds no metric")]
    [InlineData("{\"step\": 1}", "holds no metric")]
    [InlineData("[{\"a\": 1}]", "an array instead of an object")]
    [InlineData("3", "a number instead of an object")]
    [InlineData("{\"a\": \"1\"}", "'a' in 'm.json' is a string")]
    [InlineData("{\"a\": {\"b\": 1}}", "'a' in 'm.json' is a nested object")]
    [InlineData("{\"a\": [1]}", "'a' in 'm.json' is an array")]
    [InlineData("{\"a\": null}", "'a' in 'm.json' is null")]
    [InlineData("{\"a\": true}", "'a' in 'm.json' is a boolean")]
    [InlineData("{\"a\": NaNa}", "is not JSON")]
    [InlineData("{\"a\": \"nan\"}", "is a string")]
    [InlineData("{\"step\": NaN, \"a\": 1}", "'step' in 'm.json' is not a finite number")]
    [InlineData("{\"\": 1}", "cannot be shown")]
    [InlineData("{\"a\\n\": 1}", "cannot be shown")]
    [InlineData("{\"a\": 1", "is not JSON")]
    [InlineData("{\"a\"", "is not JSON")]
    public void Parse_OfAnythingElse_FailsAndNamesIt(string text, string expected)
    {
        var problem = Assert.Throws<FairleadException>(() => MetricsFile.Parse(Encoding.UTF8.GetBytes(text), "m.json"));
        Assert.Equal(ProblemKind.Failed, problem.Kind);
        Assert.Contains(expected, problem.Message);
    }

    [Theory]
    [InlineData("{\"a\": NaN, \"b\": 1}", "b=1", "'a' ended as NaN in 'm.json', so that it has no value")]
    [InlineData("{\"a\": 1e999, \"b\": -Infinity}", "", "'a' ended as Infinity")]
    [InlineData("{\"a \\\"NaN\": 1, \"b\": \"NaN\"}", "a \"NaN=1", "'b' ended as NaN")]
    [InlineData("{\"step\": 1, \"a\": 1}\n{\"step\": 2, \"a\": NaN}\n{\"step\": 3, \"a\": 3}", "a=3", "'a' was not a finite number 1 time in 'm.json'; its curve leaves that out")]
    [InlineData("{\"a\": 1, \"a\": 2}", "a=2", "'a' stands twice in one object of 'm.json'; the last one counts")]
    public void Parse_OfWhatIsOdd_GoesOnAndSaysSo(string text, string expected, string remark)
    {
        var measured = MetricsFile.Parse(Encoding.UTF8.GetBytes(text), "m.json");
        Assert.Equal(expected, string.Join(' ', measured.Metrics.Select(pair => $"{pair.Key}={pair.Value}")));
        Assert.Contains(measured.Remarks, said => said.Contains(remark, StringComparison.Ordinal));
    }

    [Fact]
    public void Parse_OfLinesWithPositions_MakesCurvesInTheirOrder()
    {
        const string Lines = """
            {"step": 2, "loss": 2, "__proto__": 1}
            {"loss": 1, "step": 1}
            {"step": 4, "a.b \"c\"": 9}
            {"step": 2, "loss": 2.5}
            {"step": 4, "loss": NaN, "__proto__": 3}
            {"step": 8, "loss": 0.5}
            {"best_loss": 0.25, "loss": 0.4}
            """;

        var measured = MetricsFile.Parse(Encoding.UTF8.GetBytes(Lines), "m.jsonl");

        // The line without a position names the value; the repeated position counts once, the missing one leaves a gap.
        Assert.Equal("__proto__=3 a.b \"c\"=9 best_loss=0.25 loss=0.4", string.Join(' ', measured.Metrics.Select(pair => $"{pair.Key}={pair.Value}")));
        Assert.Equal(["__proto__", "loss"], measured.Curves.Select(curve => curve.Name));
        Assert.Equal([1, 2, 8], measured.Curves[1].Steps);
        Assert.Equal([1, 2.5, 0.5], measured.Curves[1].Values);
    }

    [Fact]
    public void Parse_OfAMillionLines_KeepsAThousandPointsWithEverySpike()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 1_000_000; i++)
            text.Append("{\"step\":").Append(i).Append(",\"x\":").Append(i is 123_456 ? 7 : i % 3).Append("}\n");

        var curve = Assert.Single(MetricsFile.Parse(Encoding.UTF8.GetBytes(text.ToString()), "m.jsonl").Curves);

        Assert.Equal(1_000_000, curve.Measured);
        Assert.InRange(curve.Steps.Count, 900, MetricSeries.MostPoints);
        Assert.Equal((0d, 999_999d), (curve.Steps[0], curve.Steps[^1]));
        Assert.Equal(curve.Steps, curve.Steps.Order());
        Assert.Equal(7, curve.Values[curve.Steps.ToList().IndexOf(123_456)]);
    }

    [Fact]
    public void Parse_OfTooManyNames_Fails()
    {
        var text = "{" + string.Join(',', Enumerable.Range(0, 2001).Select(i => $"\"m{i}\":1")) + "}";
        Assert.Contains("more than 2000 metrics", Assert.Throws<FairleadException>(() => MetricsFile.Parse(Encoding.UTF8.GetBytes(text), "m.json")).Message);
    }

    [Fact]
    public void Parse_OfMutatedBytes_NeverThrowsAnythingElse()
    {
        var random = new Random(3);
        var valid = "{\"auc\": 0.61, \"nan\": NaN, \"\\u00fc\": 12}\n{\"step\": 2, \"auc\": 1}"u8.ToArray();
        for (var round = 0; round < Campaign.Rounds(20_000, 1_000_000); round++)
        {
            var bytes = valid.ToArray();
            for (var change = random.Next(4); change >= 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                Assert.All(MetricsFile.Parse(bytes.AsSpan(0, random.Next(bytes.Length + 1)), "m.json").Metrics.Values, value => Assert.True(double.IsFinite(value)));
            }
            catch (FairleadException e)
            {
                Assert.Equal(ProblemKind.Failed, e.Kind);
            }
        }
    }
}
