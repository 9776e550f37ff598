using System.Collections.Concurrent;
using Fairlead.DuckDb.Native;

namespace Fairlead.DuckDb;

/// <summary>
/// An open database, in memory or in a file. Extensions are neither installed nor loaded on their own: json, parquet and icu are built in.
/// Connections keep it open until they are disposed too.
/// </summary>
public sealed class DuckDbDatabase : IDisposable
{
    // The library does not refuse to open one file twice in a process, and then damages it.
    private static readonly ConcurrentDictionary<string, bool> OpenFiles = new(StringComparer.Ordinal);
    private readonly DatabaseHandle handle;
    private readonly string? path;
    private bool disposed;

    private DuckDbDatabase(DatabaseHandle handle, string? path)
    {
        this.handle = handle;
        this.path = path;
    }

    /// <summary>Version of the library, such as <c>v1.5.6</c>.</summary>
    public static string LibraryVersion => NativeText.Borrow(NativeMethods.LibraryVersion()) ?? "";

    /// <summary>Opens a database that lives in memory.</summary>
    /// <param name="settings">DuckDB's settings by name, such as <c>threads</c> and <c>memory_limit</c>.</param>
    /// <exception cref="DuckDbException">A setting is unknown or its value is refused.</exception>
    public static DuckDbDatabase OpenInMemory(IReadOnlyDictionary<string, string>? settings = null) => new(Open(null, settings), null);

    /// <summary>Opens or creates a database file.</summary>
    /// <exception cref="DuckDbException">The file is no database, belongs to another process, or is open in this one already.</exception>
    public static DuckDbDatabase OpenFile(string path, IReadOnlyDictionary<string, string>? settings = null)
    {
        var file = new FileInfo(path);
        var target = file.Exists && file.ResolveLinkTarget(returnFinalTarget: true) is { } linked ? linked.FullName : file.FullName;
        if (!OpenFiles.TryAdd(target, true))
            throw new DuckDbException($"The database file '{target}' is open in this process already; share its DuckDbDatabase, or dispose it first.");
        try
        {
            return new DuckDbDatabase(Open(target, settings), target);
        }
        catch
        {
            OpenFiles.TryRemove(target, out _);
            throw;
        }
    }

    public DuckDbConnection Connect()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return new DuckDbConnection(handle);
    }

    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        handle.Dispose();
        if (path is not null)
            OpenFiles.TryRemove(path, out _);
    }

    private static DatabaseHandle Open(string? path, IReadOnlyDictionary<string, string>? settings)
    {
        _ = NativeMethods.CreateConfig(out var config);
        try
        {
            Set(config, "autoinstall_known_extensions", "false");
            Set(config, "autoload_known_extensions", "false");
            foreach (var (name, value) in settings ?? new Dictionary<string, string>())
                Set(config, name, value);
            var state = NativeMethods.Open(path, out var database, config, out var error);
            return state == 0
                ? new DatabaseHandle(database)
                : throw new DuckDbException(NativeText.Take(error), DuckDbErrorKind.Io);
        }
        finally
        {
            NativeMethods.DestroyConfig(ref config);
        }
    }

    private static void Set(nint config, string name, string value)
    {
        if (NativeMethods.SetConfig(config, name, value) != 0)
            throw new DuckDbException($"DuckDB refused the setting '{name}' with the value '{value}'.", DuckDbErrorKind.InvalidInput);
    }
}
