using System.Diagnostics;
using System.Text.Json;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Serialization;

namespace Fairlead.Steps.Rebuilding;

/// <summary>Where Parquet files differ, found by another program: whatever such a file does to its reader happens there.</summary>
internal static class ParquetRows
{
    /// <summary>What takes longer is not worth a row: the offset is known.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <returns>Null where there is no program, or it did not succeed.</returns>
    public static async Task<DifferingRow?> FindAsync(IReadOnlyList<string> command, string recorded, string rebuilt, CancellationToken cancellationToken)
    {
        if (command.Count == 0)
            return null;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using var process = Process.Start(new ProcessStartInfo(command[0], [.. command.Skip(1), recorded, rebuilt]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException("The comparison of rows was not started.");
        try
        {
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            var answer = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await error;
            await process.WaitForExitAsync(patience.Token);
            return process.ExitCode == 0 ? JsonSerializer.Deserialize(answer, DomainJson.Default.DifferingRow) : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
