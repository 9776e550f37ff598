using Fairlead.Commands;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Monitoring.Kpis;

namespace Fairlead.Tests.Commands;

public sealed class KpiShowCommandTests
{
    private static readonly KpiDefinition Definition = new() { Name = "caught", Sql = "avg(outcome.late)", By = ["input.origin"] };

    [Theory]
    [InlineData("nosuch", "The KPI 'caught' has no segments by 'nosuch' (known: input.dest, input.origin, server_group); name one, or add it to 'by' of the KPI in the project file.")]
    [InlineData("input.orgin", "The KPI 'caught' has no segments by 'input.orgin' (did you mean 'input.origin'?); name one, or add it to 'by' of the KPI in the project file.")]
    public void Only_ByWhatThereIsNot_SaysWhatThereIs(string by, string expected)
    {
        var error = Assert.Throws<FairleadException>(() => KpiShowCommand.Only(Series(), by));
        Assert.Equal(ProblemKind.Invalid, error.Kind);
        Assert.Equal(expected, error.Message);
    }

    [Theory]
    [InlineData("input.origin", "SFO")]
    [InlineData("input.dest", "JFK")]
    [InlineData("server_group", "late-prod-v001")]
    public void Only_ByWhatThereIs_LeavesTheOthersOut(string by, string expected)
    {
        var value = Assert.Single(Assert.Single(KpiShowCommand.Only(Series(), by).History).Values);
        Assert.Equal(expected, value.Segment ?? value.ServerGroup);
    }

    [Fact]
    public void Only_ByAnExpressionThatHasNoValuesYet_IsEmpty() =>
        Assert.Empty(KpiShowCommand.Only(new KpiSeries { Definition = Definition, Current = null, History = [] }, "input.origin").History);

    private static KpiSeries Series() => new()
    {
        Definition = Definition,
        Current = null,
        History =
        [
            new KpiPoint
            {
                Kpi = Definition.Name,
                Sql = Definition.Sql,
                From = DateTimeOffset.UnixEpoch,
                Until = DateTimeOffset.UnixEpoch.AddDays(1),
                ComputedAt = DateTimeOffset.UnixEpoch.AddDays(1),
                Values = [Value(), Value() with { By = "input.origin", Segment = "SFO" }, Value() with { By = "input.dest", Segment = "JFK" }, Value() with { ServerGroup = "late-prod-v001" }],
            },
        ],
    };

    private static KpiValue Value() => new() { Environment = "prod", Service = "late", Rows = 50 };
}
