using System.Reflection;
using System.Runtime.InteropServices;

namespace Fairlead.Catalog.Sqlite;

/// <summary>Chooses the native SQLite: the system's, which gets its security updates, else the one in the package.</summary>
internal static class SqliteLibrary
{
    private const string Bundled = "e_sqlite3";
    private static readonly string[] SystemNames = OperatingSystem.IsMacOS() ? ["libsqlite3.dylib"] : ["libsqlite3.so.0"];
    private static readonly Lazy<bool> Ready = new(Load);

    /// <summary>Must come before the first connection.</summary>
    public static void EnsureLoaded() => _ = Ready.Value;

    private static bool Load()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly, Resolve);
        SQLitePCL.Batteries_V2.Init();
        return true;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search)
    {
        if (name == Bundled)
        {
            foreach (var candidate in SystemNames)
            {
                if (NativeLibrary.TryLoad(candidate, out var handle))
                    return handle;
            }
        }

        return 0; // The default search, which finds the bundled one.
    }
}
