using System.Net;
using Fairlead.Catalog;
using Fairlead.Domain.Identity;
using Fairlead.Identity.Audit;
using Fairlead.Identity.Tokens;
using Fairlead.Identity.Users;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Identity.Tests;

/// <summary>The room over a real catalog in a folder of its own.</summary>
internal sealed class TestDesk : IAsyncDisposable
{
    public static readonly IPAddress Somewhere = IPAddress.Parse("192.0.2.7");
    private readonly string folder = Directory.CreateTempSubdirectory("fairlead-identity-").FullName;

    public TestDesk()
    {
        Catalog = SqliteCatalog.Open(CatalogFile, Time, HeadFile);
        Users = new UserDesk(Catalog.Users, Time);
        Attempts = new FailedAttempts(Time);
        Check = new TokenCheck(Catalog.Users, new PrincipalReader(Catalog.Users, Catalog.Records), Catalog.Audit, Attempts, Time, NullLogger<TokenCheck>.Instance);
        Audit = new AuditDesk(Catalog.Audit);
    }

    public ManualTime Time { get; } = new();

    public SqliteCatalog Catalog { get; private set; }

    public UserDesk Users { get; }

    public FailedAttempts Attempts { get; }

    public TokenCheck Check { get; }

    public AuditDesk Audit { get; private set; }

    public string CatalogFile => Path.Combine(folder, "catalog.db");

    public string HeadFile => Path.Combine(folder, "control", "audit-head");

    public Task<IssuedToken> AddAsync(string name, params string[] roles) =>
        Users.AddAsync(new UserOrder { Name = name, Roles = roles }, CancellationToken.None);

    public Task<Proof> ProveAsync(string token) => Check.ProveAsync(token, Somewhere, CancellationToken.None);

    public Task<AuditVerdict> VerifyAsync(AuditHead? kept = null) => Audit.VerifyAsync(kept, CancellationToken.None);

    public Task AppendAsync(string what, string who = "ann", string target = "it") =>
        Catalog.Audit.AppendAsync(new AuditDraft { Who = who, Via = "api", What = what, Target = target }, CancellationToken.None);

    /// <summary>Closes the catalog, lets somebody at the file past the triggers, and opens it again.</summary>
    public async Task TamperAsync(string sql, Action? alsoWith = null)
    {
        await Catalog.DisposeAsync();
        using (var connection = new SqliteConnection($"Data Source={CatalogFile};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "drop trigger audit_is_not_changed; drop trigger audit_is_not_removed; " + sql;
            command.ExecuteNonQuery();
        }

        alsoWith?.Invoke();
        Catalog = SqliteCatalog.Open(CatalogFile, Time, HeadFile);
        Audit = new AuditDesk(Catalog.Audit);
    }

    public async ValueTask DisposeAsync()
    {
        await Catalog.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
