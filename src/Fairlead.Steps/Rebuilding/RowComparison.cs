using Fairlead.Domain.Identity;
using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Rebuilding;

/// <summary>Finds the first row in which two files differ: of text by its extension in this process, of Parquet in another.</summary>
/// <param name="parquetCommand">See <see cref="StepEngineOptions.RowsCommand"/>.</param>
internal sealed class RowComparison(IReadOnlyList<string> parquetCommand)
{
    private const int LongestValue = 200;

    /// <returns>Null for a file that has no rows, or that cannot be read as its name says.</returns>
    public async Task<DifferingRow?> FindAsync(string name, string recorded, string rebuilt, CancellationToken cancellationToken)
    {
        try
        {
            var found = Path.GetExtension(name).ToLowerInvariant() switch
            {
                ".parquet" => await ParquetRows.FindAsync(parquetCommand, recorded, rebuilt, cancellationToken),
                ".jsonl" or ".ndjson" => await Task.Run(() => JsonRows.FindInLines(recorded, rebuilt, cancellationToken), cancellationToken),
                ".json" => await Task.Run(() => JsonRows.FindInDocuments(recorded, rebuilt), cancellationToken),
                ".csv" => await Task.Run(() => SeparatedRows.Find(recorded, rebuilt, ',', cancellationToken), cancellationToken),
                ".tsv" => await Task.Run(() => SeparatedRows.Find(recorded, rebuilt, '\t', cancellationToken), cancellationToken),
                _ => null,
            };
            return found is null ? null : found with { Column = Clean(found.Column), Recorded = Clean(found.Recorded), Rebuilt = Clean(found.Rebuilt) };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or InvalidOperationException)
        {
            // A text in JSON that is no UTF-16 surfaces as InvalidOperationException. The offset says it all the same.
            return null;
        }
    }

    private static string? Clean(string? value) => value is null ? null : AuditText.Clean(value, LongestValue);
}
