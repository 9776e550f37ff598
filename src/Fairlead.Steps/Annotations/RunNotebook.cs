using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Records;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Serialization;

namespace Fairlead.Steps.Annotations;

/// <summary>Keeps what people and verifications say of runs. A record each, so that the runs themselves never change.</summary>
public sealed class RunNotebook(IRecordCatalog records, TimeProvider time) : IRunAnnotations
{
    private const string Kept = "kept";
    private const string Removed = "removed";

    /// <summary>Gives a run a tag; one that it has stays as it is.</summary>
    /// <exception cref="FairleadException">Invalid: no tag can be so.</exception>
    public async Task TagAsync(RunId run, string? tag, string user, CancellationToken cancellationToken)
    {
        var name = RunTag.Check(tag);
        if (await FindTagAsync(run, name, cancellationToken) is null)
            await AddAsync(RecordKind.RunTag, run, new RunTag(name, user, time.GetUtcNow()), DomainJson.Default.RunTag, cancellationToken);
    }

    /// <exception cref="FairleadException">NotFound: it has no such tag.</exception>
    public async Task UntagAsync(RunId run, string? tag, CancellationToken cancellationToken)
    {
        var name = RunTag.Check(tag);
        var found = await FindTagAsync(run, name, cancellationToken)
            ?? throw FairleadException.NotFound($"The run '{run}' has no tag '{name}'; see 'fairlead show {run}'.");
        await records.UpdateAsync(RecordKind.RunTag, found.Number, Removed, found.Document, cancellationToken);
    }

    /// <exception cref="FairleadException">Invalid: there is nothing in it, or too much.</exception>
    public Task NoteAsync(RunId run, string? text, string user, CancellationToken cancellationToken)
    {
        var written = (text ?? "").Trim();
        if (written.Length is 0 or > RunNote.Longest)
            throw FairleadException.Invalid($"The note has {written.Length} characters; write 1 to {RunNote.Longest}.");
        var note = string.Join('\n', written.Split('\n').Select(line => AuditText.Clean(line.TrimEnd('\r'), RunNote.Longest)));
        return AddAsync(RecordKind.RunNote, run, new RunNote(note, user, time.GetUtcNow()), DomainJson.Default.RunNote, cancellationToken);
    }

    /// <summary>Records what came of executing a run again.</summary>
    /// <param name="create">Makes the record from the number that is given to it.</param>
    internal async Task<RunVerification> AddAsync(RunId run, RebuildOutcome outcome, Func<int, RunVerification> create, CancellationToken cancellationToken)
    {
        var record = await records.AddAsync(
            RecordKind.RunVerification,
            run.ToString(),
            outcome.ToString().ToLowerInvariant(),
            time.GetUtcNow(),
            number => JsonSerializer.Serialize(create(number), DomainJson.Default.RunVerification),
            cancellationToken);
        return Read(record, DomainJson.Default.RunVerification);
    }

    /// <summary>What came of executing a run again, newest first.</summary>
    public async Task<IReadOnlyList<RunVerification>> VerificationsAsync(RunId run, CancellationToken cancellationToken) =>
        [.. (await records.ListAsync(RecordKind.RunVerification, new RecordFilter { Name = run.ToString() }, cancellationToken)).Select(record => Read(record, DomainJson.Default.RunVerification))];

    public async Task<IReadOnlyList<Run>> AnnotateAsync(IReadOnlyList<Run> runs, CancellationToken cancellationToken)
    {
        // Of one run its own, of many all there are: people write few.
        var filter = new RecordFilter { Name = runs.Count == 1 ? runs[0].Id.ToString() : null, Limit = int.MaxValue };
        var tags = await ReadAsync(RecordKind.RunTag, filter with { Status = Kept }, DomainJson.Default.RunTag, cancellationToken);
        var notes = await ReadAsync(RecordKind.RunNote, filter with { Status = Kept }, DomainJson.Default.RunNote, cancellationToken);
        var verified = await records.ListAsync(RecordKind.RunVerification, filter with { Name = null }, cancellationToken);
        var verdicts = verified.DistinctBy(record => record.Name).ToDictionary(record => record.Name, record => Enum.Parse<RebuildOutcome>(record.Status, ignoreCase: true), StringComparer.Ordinal);
        var unsteady = verified.SelectMany(record => Read(record, DomainJson.Default.RunVerification).Unsteady).ToHashSet();
        return
        [
            .. runs.Select(run => run with
            {
                Annotations = new RunAnnotations
                {
                    Tags = [.. tags[run.Id.ToString()].OrderBy(tag => tag.Name, StringComparer.Ordinal)],
                    Notes = [.. notes[run.Id.ToString()].OrderBy(note => note.At)],
                    Verdict = verdicts.TryGetValue(run.Id.ToString(), out var verdict) ? verdict : null,
                    IsUnsteady = unsteady.Count > 0 && unsteady.Contains(RunRecipe.Of(run)),
                },
            }),
        ];
    }

    private async Task<CatalogRecord?> FindTagAsync(RunId run, string name, CancellationToken cancellationToken)
    {
        var kept = await records.ListAsync(RecordKind.RunTag, new RecordFilter { Name = run.ToString(), Status = Kept, Limit = int.MaxValue }, cancellationToken);
        return kept.FirstOrDefault(record => Read(record, DomainJson.Default.RunTag).Name == name);
    }

    private Task AddAsync<T>(RecordKind kind, RunId run, T value, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        records.AddAsync(kind, run.ToString(), Kept, time.GetUtcNow(), _ => JsonSerializer.Serialize(value, type), cancellationToken);

    private async Task<ILookup<string, T>> ReadAsync<T>(RecordKind kind, RecordFilter filter, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        (await records.ListAsync(kind, filter, cancellationToken)).ToLookup(record => record.Name, record => Read(record, type), StringComparer.Ordinal);

    private static T Read<T>(CatalogRecord record, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(record.Document, type) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new FairleadException(ProblemKind.Damaged, $"What was written about the run '{record.Name}' cannot be read ({e.Message}); restore the catalog from a backup.", e);
        }
    }
}
