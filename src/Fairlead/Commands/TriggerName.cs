using System.CommandLine;
using Fairlead.Domain.Problems;

namespace Fairlead.Commands;

/// <summary>The name of a trigger on the command line.</summary>
internal static class TriggerName
{
    public static Argument<string> Argument() => new("trigger") { Description = "Pipeline and trigger, such as release/git." };

    /// <summary>Where the trigger is in the API.</summary>
    public static string PathOf(string name) => name.Split('/') is [{ Length: > 0 } pipeline, { Length: > 0 } trigger]
        ? $"/api/triggers/{Uri.EscapeDataString(pipeline)}/{Uri.EscapeDataString(trigger)}"
        : throw FairleadException.Invalid($"'{name}' names no trigger; write pipeline and trigger, such as 'release/git', as 'fairlead trigger list' does.");
}
