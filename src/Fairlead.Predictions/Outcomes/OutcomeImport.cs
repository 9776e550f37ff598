using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.DuckDb;
using Fairlead.Predictions.Compaction;

namespace Fairlead.Predictions.Outcomes;

/// <summary>
/// Takes outcomes from a file with many rows. The same file may come twice: what is recorded again says nothing new. A file with a row that cannot be
/// taken is refused as a whole, unless it is wanted otherwise.
/// </summary>
public sealed class OutcomeImport(OutcomeLog log, StateFolder folder)
{
    private const int MaxProblems = 20;

    /// <summary>A folder for what comes from outside until it is read; on the disk of the predictions.</summary>
    public string Inbox => Path.Combine(folder.Predictions, PredictionLayout.Spill);

    /// <exception cref="FairleadException">Invalid: the file cannot be read, has no such column or has bad rows, with the first of them; Exhausted: the disk is full.</exception>
    public async Task<OutcomeImportReport> ReadAsync(string path, OutcomeFileFormat format, OutcomeMapping mapping, CancellationToken cancellationToken)
    {
        var key = mapping.Service is null ? null : await log.FindKeyAsync(mapping.Service, cancellationToken).ConfigureAwait(false);
        return await Task.Run(() => ImportAsync(path, format, mapping, key, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task<OutcomeImportReport> ImportAsync(string path, OutcomeFileFormat format, OutcomeMapping mapping, ResolvedKey? key, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Inbox);
        using var database = DuckDbDatabase.OpenInMemory(new Dictionary<string, string>
        {
            // One thread keeps the rows in the order of the file: of two for one prediction the later counts.
            ["threads"] = "1",
            ["memory_limit"] = "512MB",
            ["temp_directory"] = Inbox,
        });
        using var connection = database.Connect();
        try
        {
            connection.Execute("SET TimeZone = 'UTC'", cancellationToken);
            var source = new OutcomeSource(connection, path, format, mapping);
            source.Load(cancellationToken);
            source.Check(await log.FindNumbersAsync(source.Texts, cancellationToken).ConfigureAwait(false), cancellationToken);
            var (skipped, problems) = source.Problems(MaxProblems);
            if (skipped > 0 && !mapping.SkipBad)
                throw FairleadException.Invalid($"{skipped} of the file's rows cannot be taken, and therefore none was: {string.Join("; ", problems)}{(skipped > problems.Count ? "; …" : "")}. Mend them, or leave them out by '--skip-bad'.");
            using var filter = await log.OpenFilterAsync(key is not null, cancellationToken).ConfigureAwait(false);
            var taken = Append(source, filter, key, mapping.Environment, out var last, cancellationToken);
            await log.FlushAsync(last, filter, cancellationToken).ConfigureAwait(false);
            var erased = filter?.Count ?? 0;
            return new OutcomeImportReport(taken - erased, skipped, problems) { Erased = erased };
        }
        catch (DuckDbException e)
        {
            throw new FairleadException(ProblemKind.Invalid, $"The file cannot be read as {format}: {DuckDbText.Sentence(e.Message).Replace(path, "it", StringComparison.Ordinal)}.", e);
        }
    }

    private long Append(OutcomeSource source, ErasedFilter? filter, ResolvedKey? key, string? environment, out long last, CancellationToken cancellationToken)
    {
        var count = 0L;
        last = 0;
        using var rows = source.Rows(cancellationToken);
        while (rows.TryReadChunk(cancellationToken))
        {
            for (var row = 0; row < rows.ChunkRows; row++)
            {
                var at = rows.Column(1).IsNull(row) ? (long?)null : rows.Column(1).Span<long>()[row];
                var json = rows.Column(2).Bytes(row);
                if (key is null)
                    last = Math.Max(last, log.Append(filter, PredictionId.Parse(((Guid)rows.Column(0).Value(row)!).ToString("D")), at, json, count));
                else if (key.Hash is null)
                    last = Math.Max(last, log.Append(filter, key, environment, rows.Column(0).Bytes(row), at, json, count));
                else
                    last = Math.Max(last, log.Append(filter, key, environment, key.UnitOf((string)rows.Column(0).Value(row)!), at, json, count));
                count++;
            }
        }

        return count;
    }
}
