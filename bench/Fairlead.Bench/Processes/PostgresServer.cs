using System.Globalization;
using Fairlead.Bench.Workspaces;

namespace Fairlead.Bench.Processes;

/// <summary>PostgreSQL with a database of its own, reached by a socket in its folder; a quarter of a gigabyte of buffers, as an operator would give it on such a machine.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string Installed = "/usr/lib/postgresql";
    private const string User = "postgres";
    private readonly ServerProcess process;
    private readonly string folder;

    private PostgresServer(ServerProcess process, string folder)
    {
        this.process = process;
        this.folder = folder;
    }

    private string Data => Path.Combine(folder, "data");

    /// <summary>Where this server reads files from; readable by its user.</summary>
    public string Folder => folder;

    public static async Task<PostgresServer> StartAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        // The server runs as another user, to whom the run's folder is closed.
        var folder = Directory.CreateTempSubdirectory("fairlead-bench-postgres-").FullName;
        await Command.RunAsync("chmod", ["755", folder], folder, Workspace.NoVariables, cancellationToken);
        if (Environment.IsPrivilegedProcess)
            await Command.RunAsync("chown", [User, folder], folder, Workspace.NoVariables, cancellationToken);
        var (initdb, initdbArguments) = AsUser(Binary("initdb"), ["-D", Path.Combine(folder, "data"), "-U", User, "-A", "trust", "--no-sync"]);
        await Command.RunAsync(initdb, initdbArguments, folder, Workspace.NoVariables, cancellationToken);
        var (program, arguments) = AsUser(
            Binary("postgres"),
            ["-D", Path.Combine(folder, "data"), "-k", folder, "-c", "listen_addresses=", "-c", "shared_buffers=256MB", "-c", "work_mem=256MB", "-c", "maintenance_work_mem=256MB", "-c", "max_wal_size=4GB"]);
        var (server, _) = await ServerProcess.StartAsync(program, arguments, folder, null, cancellationToken);
        var postgres = new PostgresServer(server, folder);
        await postgres.WaitAsync(time, cancellationToken);
        return postgres;
    }

    /// <summary>Runs a statement, and returns how long it took from its sending to its last row, as the client tells.</summary>
    public async Task<double> MillisecondsAsync(string sql, CancellationToken cancellationToken)
    {
        var output = await PsqlAsync(["-c", "\\timing on", "-c", sql], cancellationToken);
        var line = output.Split('\n').Last(text => text.StartsWith("Time: ", StringComparison.Ordinal));
        return double.Parse(line["Time: ".Length..].Split(' ')[0], CultureInfo.InvariantCulture);
    }

    /// <summary>The value of a statement that gives one.</summary>
    public async Task<string> ValueAsync(string sql, CancellationToken cancellationToken) => (await PsqlAsync(["-At", "-c", sql], cancellationToken)).Trim();

    public async ValueTask DisposeAsync()
    {
        await Command.RunAsync(AsUser(Binary("pg_ctl"), []).Program, AsUser(Binary("pg_ctl"), ["stop", "-D", Data, "-m", "fast"]).Arguments, folder, Workspace.NoVariables, CancellationToken.None);
        await process.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task WaitAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await ValueAsync("select 1", cancellationToken);
                return;
            }
            catch (BenchException) when (attempt < 100)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), time, cancellationToken);
            }
        }
    }

    private Task<string> PsqlAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        Command.RunAsync("psql", ["-h", folder, "-U", User, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-P", "pager=off", .. arguments], folder, Workspace.NoVariables, cancellationToken);

    private static (string Program, IReadOnlyList<string> Arguments) AsUser(string program, IReadOnlyList<string> arguments) =>
        Environment.IsPrivilegedProcess ? ("setpriv", ["--reuid", User, "--regid", User, "--init-groups", program, .. arguments]) : (program, arguments);

    private static string Binary(string name) =>
        Directory.Exists(Installed) && Directory.EnumerateDirectories(Installed).Order(StringComparer.Ordinal).LastOrDefault() is { } version
            ? Path.Combine(version, "bin", name)
            : throw new BenchException("PostgreSQL is not installed.");
}
