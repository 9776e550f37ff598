using System.Text.Json;

namespace Fairlead.Tests.Running;

/// <summary>What a command left behind.</summary>
internal sealed record CliResult(int ExitCode, string Output, string Errors)
{
    /// <summary>Standard output as JSON; fails when anything else is on it.</summary>
    public JsonElement Json
    {
        get
        {
            Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Errors}");
            using var document = JsonDocument.Parse(Output);
            return document.RootElement.Clone();
        }
    }
}
