using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Tests.Comparison;

internal static class SampleRun
{
    public static Run Of(string step, int number) => new()
    {
        Id = new RunId(step, number),
        Key = Digest.Of([(byte)number]),
        KeyParts = [new("platform", "linux-x64")],
        Status = RunStatus.Succeeded,
        Commit = new CommitState("c" + number, "main", null),
        Command = "x",
        Parameters = new Dictionary<string, System.Text.Json.JsonElement>(),
        Inputs = [],
        StartedAt = DateTimeOffset.UnixEpoch,
        Machine = "m",
        StartedBy = "t",
        Sandbox = "none",
    };
}
