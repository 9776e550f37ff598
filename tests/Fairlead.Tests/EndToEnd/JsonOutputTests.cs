using System.Text.Json;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>With <c>--format json</c> standard output is one JSON document, or empty when there is none.</summary>
public sealed class JsonOutputTests(DeployedProject deployed) : IClassFixture<DeployedProject>
{
    [Theory]
    [InlineData("status")]
    [InlineData("dataset list")]
    [InlineData("dataset add")]
    [InlineData("run")]
    [InlineData("runs")]
    [InlineData("show train-1")]
    [InlineData("show train-1 --log")]
    [InlineData("diff train-1 train-1")]
    [InlineData("release")]
    [InlineData("releases")]
    [InlineData("deploy prod")]
    [InlineData("fsck")]
    [InlineData("du")]
    [InlineData("gc --dry")]
    [InlineData("predictions list")]
    [InlineData("predictions erasures")]
    [InlineData("schema")]
    [InlineData("query|select 1 as one, 'x' as two")]
    [InlineData("query|select 1 where false")]
    [InlineData("predict churn --env prod --input {\"features\":[3,39.0,6]}")]
    public async Task Command_InJson_PrintsOneDocument(string command)
    {
        var result = await deployed.Project.MustAsync([.. command.Split(command.Contains('|') ? '|' : ' '), "--format", "json"]);
        using var document = JsonDocument.Parse(result.Output);
        AssertCamelCase(document.RootElement, isSchema: command == "schema");
    }

    [Theory]
    [InlineData("show nope-1", 3)]
    [InlineData("trace nonsense", 3)]
    [InlineData("query selec", 4)]
    [InlineData("query|select error('late') from range(10)", 4)]
    [InlineData("deploy nowhere", 3)]
    [InlineData("run nothing", 3)]
    [InlineData("runs --limit x", 2)]
    [InlineData("nonsense", 2)]
    [InlineData("trace", 2)]
    [InlineData("outcomes missing.jsonl", 3)]
    [InlineData("rollback prod", 5)]
    [InlineData("status --url http://localhost:1", 6)]
    public async Task Command_InJsonThatFails_LeavesStandardOutputEmpty(string command, int code)
    {
        var result = await deployed.Project.RunAsync([.. command.Split(command.Contains('|') ? '|' : ' '), "--format", "json"]);
        Assert.Equal(code, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.NotEmpty(result.Errors);
    }

    private static void AssertCamelCase(JsonElement element, bool isSchema)
    {
        if (isSchema || element.ValueKind != JsonValueKind.Object)
            return;
        foreach (var member in element.EnumerateObject())
            Assert.Matches("^[a-z][A-Za-z0-9]*$", member.Name);
    }
}
