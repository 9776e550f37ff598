using System.CommandLine;
using Fairlead.Client;
using Fairlead.CommandLine;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Serialization;
using Fairlead.Steps;
using Fairlead.Web.Contracts;

namespace Fairlead.Commands;

/// <summary>Tags that <c>fairlead run</c> gives to what it came to.</summary>
internal static class RunTags
{
    public static readonly Option<string[]> Option = new("--tag") { Description = "Give the runs of the named steps a tag, whether they were executed or reused; of all steps when none is named.", HelpName = "tag" };

    /// <summary>Refuses before anything is executed what would fail at its end.</summary>
    /// <exception cref="Domain.Problems.FairleadException">Invalid: one is no tag.</exception>
    public static IReadOnlyList<string> Read(ParseResult parse) => [.. (parse.GetValue(Option) ?? []).Select(RunTag.Check)];

    /// <param name="steps">Names as they were given; a name stands for all variants of its step.</param>
    public static async Task GiveAsync(ApiClient client, RunReport report, IReadOnlyCollection<string> steps, IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        foreach (var run in report.Steps.Where(step => steps.Count == 0 || steps.Contains(step.Step) || steps.Contains(step.Step.Split('[')[0])).Select(step => step.Run).OfType<RunBrief>())
        {
            foreach (var tag in tags)
                await client.PostAsync($"/api/runs/{Uri.EscapeDataString(run.Id.ToString())}/tags", new TagBody(tag, CommandContext.User), WebJson.Default.TagBody, DomainJson.Default.Run, cancellationToken);
        }
    }
}
