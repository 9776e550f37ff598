using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>A field of numbers stays one, whichever way outcomes come.</summary>
public sealed class OutcomeInputTests
{
    private const string Id = "019cb0e2-6f40-7a11-8c3d-5e2f60000000";

    [Fact]
    public async Task Outcomes_ATextWhereNumbersAreRecorded_IsRefusedByEveryWay()
    {
        await using var project = TempProject.Churn();
        await project.UpAsync();
        project.Write("first.jsonl", $$$"""{"prediction": "{{{Id}}}", "outcome": {"late": 1}}""" + "\n");
        await project.MustAsync("outcomes", "first.jsonl");

        project.Write("word.jsonl", $$$"""{"prediction": "{{{Id}}}", "outcome": {"late": "soon"}}""" + "\n");
        project.Write("word.csv", $"prediction,late\n{Id},soon\n");
        var json = await project.RunAsync("outcomes", "word.jsonl");
        Assert.Equal(4, json.ExitCode);
        Assert.Contains("is 'soon', which is no number, as all that is recorded of it is; give a number", json.Errors);
        foreach (var source in new[] { "word.csv", $"select '{Id}' as prediction, 'soon' as late", "select * from 'word.csv'" })
        {
            var refused = await project.RunAsync("outcomes", source);
            Assert.Equal(4, refused.ExitCode);
            Assert.Contains("'soon' is no number, as all that is recorded of \"late\" is", refused.Errors);
        }

        await project.MustAsync("outcomes", $"select '{Id}' as prediction, unnest(['7', '8', 'A1']) as gate", "--text", "gate");
        var answer = (await project.MustAsync("query", "select sum(outcome.late) as late, max(outcome.gate) as gate from outcomes", "--format", "json")).Json[0];
        Assert.Equal((1, "A1"), (answer.GetProperty("late").GetInt32(), answer.GetProperty("gate").GetString()));
    }
}
