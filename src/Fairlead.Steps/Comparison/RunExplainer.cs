using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Keys;

namespace Fairlead.Steps.Comparison;

/// <summary>Says why one run is not another: which parts of their keys differ, and of inputs that runs made, why those do.</summary>
public sealed class RunExplainer(IRunCatalog runs, IArtifactStore store)
{
    /// <summary>Runs above one another; further up nobody reads.</summary>
    private const int Deepest = 64;

    /// <summary>Changes that are told of one run.</summary>
    private const int MostChanges = 50;

    /// <summary>Runs of a series that are looked at for the one before.</summary>
    private const int FarthestBefore = 10_000;
    private const int LongestValue = 200;
    private readonly CodeFiles files = new(store);

    /// <summary>Why a run was executed, although its step had been before: held against the successful run of the same variant before it.</summary>
    /// <exception cref="FairleadException">NotFound: there is no such run.</exception>
    public async Task<RunExplanation> WhyAsync(RunId id, CancellationToken cancellationToken)
    {
        var run = await RequireAsync(id, cancellationToken);
        var variant = run.Variant is null ? "" : $" with {run.Variant}";
        return await FindBeforeAsync(run, cancellationToken) is { } before
            ? await ExplainAsync(run, before, cancellationToken)
            : new RunExplanation { Run = id, Summary = $"{id} is the first run of '{id.Step}'{variant} that could have been reused." };
    }

    /// <summary>Why a run is not like another one, of the same step or not.</summary>
    public Task<RunExplanation> ExplainAsync(Run run, Run before, CancellationToken cancellationToken) => ExplainAsync(run, before, [], 0, cancellationToken);

    private async Task<RunExplanation> ExplainAsync(Run run, Run before, Dictionary<(RunId, RunId), RunExplanation> known, int depth, CancellationToken cancellationToken)
    {
        if (known.TryGetValue((run.Id, before.Id), out var told))
            return told;
        var (left, right) = (Parts(before), Parts(run));
        var names = left.Keys.Union(right.Keys, StringComparer.Ordinal).Where(name => left.GetValueOrDefault(name) != right.GetValueOrDefault(name)).Order(StringComparer.Ordinal).ToList();
        var changes = new List<KeyChange>();
        foreach (var name in names.Take(MostChanges))
            changes.Add(await ChangeAsync(name, left.GetValueOrDefault(name), right.GetValueOrDefault(name), run, before, known, depth, cancellationToken));
        var explanation = new RunExplanation { Run = run.Id, Before = before.Id, Changes = changes, More = names.Count - changes.Count, Summary = Summarize(run, before, changes) };
        return known[(run.Id, before.Id)] = explanation;
    }

    private async Task<KeyChange> ChangeAsync(
        string name, string? left, string? right, Run run, Run before, Dictionary<(RunId, RunId), RunExplanation> known, int depth, CancellationToken cancellationToken)
    {
        if (name.StartsWith(KeyParts.CodePrefix, StringComparison.Ordinal))
            return new KeyChange(name, Shown(left), Shown(right)) { Files = await files.ChangesAsync(name[KeyParts.CodePrefix.Length..], left, right, cancellationToken) };
        if (!name.StartsWith(KeyParts.InputPrefix, StringComparison.Ordinal))
            return new KeyChange(name, Shown(left), Shown(right));
        var input = name[KeyParts.InputPrefix.Length..];
        var (then, now) = (before.Inputs.FirstOrDefault(known => known.Name == input), run.Inputs.FirstOrDefault(known => known.Name == input));
        var change = new KeyChange(name, then is null ? null : RunInputLabel.Of(then), now is null ? null : RunInputLabel.Of(now));
        if (depth >= Deepest || then?.Run is not { } maker || now?.Run is not { } newMaker || maker == newMaker || maker.Step != newMaker.Step
            || await runs.FindAsync(maker, cancellationToken) is not { } old || await runs.FindAsync(newMaker, cancellationToken) is not { } made)
            return change;
        return change with { From = await ExplainAsync(made, old, known, depth + 1, cancellationToken) };
    }

    private async Task<Run?> FindBeforeAsync(Run run, CancellationToken cancellationToken)
    {
        for (var number = run.Id.Number - 1; number > 0 && number >= run.Id.Number - FarthestBefore; number--)
        {
            if (await runs.FindAsync(new RunId(run.Id.Step, number), cancellationToken) is { Status: RunStatus.Succeeded } before && before.Variant == run.Variant)
                return before;
        }

        return null;
    }

    private async Task<Run> RequireAsync(RunId id, CancellationToken cancellationToken) =>
        await runs.FindAsync(id, cancellationToken) ?? throw FairleadException.NotFound($"There is no run '{id}'; list them with 'fairlead runs'.");

    private static string Summarize(Run run, Run before, List<KeyChange> changes)
    {
        if (changes.Count > 0)
        {
            var (maker, origin) = Origin(run.Id, changes);
            var rest = changes.Count > 1 ? $", and {changes.Count - 1} more {(changes.Count == 2 ? "part" : "parts")} of its key" : "";
            return $"{run.Id} is not {before.Id} since {Describe(origin, maker == run.Id ? "" : $" of {maker}")}{rest}.";
        }

        var isSame = run.Outputs.Select(output => output.Artifact.Digest).SequenceEqual(before.Outputs.Select(output => output.Artifact.Digest));
        return isSame
            ? $"{run.Id} has the key of {before.Id} and made the same: what {before.Id} had made was not there any more, or both ran at once."
            : $"{run.Id} has the key of {before.Id} and made other bytes: the step '{run.Id.Step}' does not make the same twice.";
    }

    /// <summary>The change that is farthest up, on the way of the first change that leads up; changes of a run itself go before what it reads.</summary>
    private static (RunId Run, KeyChange Change) Origin(RunId run, IReadOnlyList<KeyChange> changes)
    {
        while (true)
        {
            var own = changes.FirstOrDefault(change => !change.Part.StartsWith(KeyParts.InputPrefix, StringComparison.Ordinal));
            var change = own ?? changes.FirstOrDefault(candidate => candidate.From is { Changes.Count: > 0 }) ?? changes[0];
            if (change.From is not { Changes.Count: > 0 } from)
                return (run, change);
            (run, changes) = (from.Run, from.Changes);
        }
    }

    private static string Describe(KeyChange change, string of) => change switch
    {
        { From: { } from } => $"{change.Part}{of} changed from {change.Before} to {change.Now}: {from.Summary.TrimEnd('.')}",
        { Files.Count: > 0 } => $"{change.Part}{of} changed ({string.Join(", ", change.Files.Take(3))}{(change.Files.Count > 3 ? $" and {change.Files.Count - 3} more" : "")})",
        { Before: null } => $"{change.Part}{of} was added ({change.Now})",
        { Now: null } => $"{change.Part}{of} was removed ({change.Before})",
        _ => $"{change.Part}{of} changed from {change.Before} to {change.Now}",
    };

    private static Dictionary<string, string> Parts(Run run) => run.KeyParts.ToDictionary(part => part.Name, part => part.Value, StringComparer.Ordinal);

    private static string? Shown(string? value)
    {
        if (value is null)
            return null;
        var line = value.ReplaceLineEndings(" ");
        return Digest.TryParse(line, out var digest) ? $"{digest.Short}…" : line.Length <= LongestValue ? line : line[..LongestValue] + "…";
    }
}
