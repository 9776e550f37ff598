using Fairlead.Domain.Problems;
using Microsoft.Data.Sqlite;

namespace Fairlead.Catalog.Sqlite;

/// <summary>Turns SQLite's result codes into problems that a person can act on.</summary>
internal static class SqliteProblems
{
    private const int Permission = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>The problem to throw, or null when the failure is a bug of this program.</summary>
    public static FairleadException? Translate(Exception e, string path) => e is not SqliteException failure ? null : failure.SqliteErrorCode switch
    {
        Corrupt or NotADatabase => new FairleadException(
            ProblemKind.Damaged, $"'{path}' is no catalog or is damaged ({failure.Message}); restore it from a backup, or move it away to begin with an empty one.", e),
        Full => new FairleadException(
            ProblemKind.Exhausted, $"The disk of '{path}' is full, and the catalog cannot be written; free some space and try again, nothing half-written is left.", e),
        Busy or Locked => FairleadException.Unavailable($"The catalog '{path}' is in use by another process; try again, or end the other one.", e),
        InputOutput => FairleadException.Unavailable($"The catalog '{path}' cannot be read or written ({failure.Message}); check the disk and try again.", e),
        Permission or ReadOnly or CannotOpen => FairleadException.Unavailable(
            $"The catalog '{path}' cannot be opened for writing ({failure.Message}); check that the folder exists and that you may write to it.", e),
        _ => null,
    };
}
