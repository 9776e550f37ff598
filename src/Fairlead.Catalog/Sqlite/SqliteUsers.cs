using System.Text.Json;
using Dapper;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Serialization;
using Microsoft.Data.Sqlite;

namespace Fairlead.Catalog.Sqlite;

internal sealed class SqliteUsers(SqliteSession session) : IUserCatalog
{
    public Task<bool> AnyAsync(CancellationToken cancellationToken) =>
        session.ReadAsync(connection => connection.Number("AnyUser") == 1, cancellationToken);

    public Task AddAsync(User user, UserToken token, bool mustBeFirst, CancellationToken cancellationToken) =>
        session.ChangeAsync(
            connection =>
            {
                if (mustBeFirst && connection.Number("AnyUser") == 1)
                    throw FairleadException.Conflict("Somebody else added the first user a moment ago; ask them for a token.");
                if (Find(connection, user.Name) is { } taken)
                    throw FairleadException.Conflict($"There is a user '{taken.Name}' already; choose another name, or see 'fairlead user list'.");
                connection.Run("InsertUser", new { name = user.Name, document = Document(user) });
                Insert(connection, token);
                return user;
            },
            _ => Acting.Draft("user.added", user.Name, $"{Describe(user)}; token {token.Id}"),
            cancellationToken);

    public Task<User> UpdateAsync(string name, Func<User, User> change, CancellationToken cancellationToken) =>
        session.ChangeAsync(
            connection =>
            {
                var before = Find(connection, name) ?? throw Missing(name);
                var after = change(before);
                connection.Run("UpdateUser", new { name = before.Name, document = Document(after) });
                if (before.IsAdmin && !session.List(connection, "ListUsers", DomainJson.Default.User).Any(user => user.IsAdmin))
                    throw FairleadException.Conflict($"'{before.Name}' is the last admin of the project; make somebody else one first.");
                return after;
            },
            after => Acting.Draft(after.RevokedAt is null ? "user.changed" : "user.revoked", after.Name, Describe(after)),
            cancellationToken);

    public Task<User?> FindAsync(string name, CancellationToken cancellationToken) =>
        session.FindAsync("FindUser", DomainJson.Default.User, new { name }, cancellationToken);

    public Task<IReadOnlyList<User>> ListAsync(CancellationToken cancellationToken) =>
        session.ListAsync("ListUsers", DomainJson.Default.User, null, cancellationToken);

    public Task AddTokenAsync(UserToken token, CancellationToken cancellationToken) =>
        session.ChangeAsync(
            connection =>
            {
                if (Find(connection, token.User) is null)
                    throw Missing(token.User);
                Insert(connection, token);
                return token;
            },
            _ => Acting.Draft("token.added", token.User, $"token {token.Id}"),
            cancellationToken);

    public Task<UserToken?> FindTokenAsync(string id, CancellationToken cancellationToken) =>
        session.ReadAsync(connection => Tokens(connection, "FindToken", new { id }).FirstOrDefault(), cancellationToken);

    public Task<IReadOnlyList<UserToken>> ListTokensAsync(string? user, CancellationToken cancellationToken) =>
        session.ReadAsync<IReadOnlyList<UserToken>>(connection => Tokens(connection, "ListTokens", new { user }), cancellationToken);

    public Task<int> RevokeTokensAsync(string user, string? id, DateTimeOffset at, CancellationToken cancellationToken) =>
        session.ChangeAsync(
            connection => connection.Run("RevokeTokens", new { user, id, at = AuditChain.Microseconds(at) }),
            count => Acting.Draft("token.revoked", user, id is null ? $"{count} tokens" : $"token {id}"),
            cancellationToken);

    public Task TouchTokenAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) =>
        session.WriteAsync(connection => connection.Run("TouchToken", new { id, at = AuditChain.Microseconds(at) }), cancellationToken);

    private static FairleadException Missing(string name) => FairleadException.NotFound($"There is no user '{name}'; see 'fairlead user list'.");

    private static string Document(User user) => JsonSerializer.Serialize(user, DomainJson.Default.User);

    private static string Describe(User user) =>
        $"roles {(user.Grants.Count == 0 ? "none" : string.Join(' ', user.Grants))}" + (user.Groups.Count == 0 ? "" : $"; groups {string.Join(' ', user.Groups)}");

    private static void Insert(SqliteConnection connection, UserToken token) => connection.Run("InsertToken", new
    {
        id = token.Id,
        user = token.User,
        hash = token.Hash.ToArray(),
        createdAt = AuditChain.Microseconds(token.CreatedAt),
        createdBy = token.CreatedBy,
        expiresAt = token.ExpiresAt is { } end ? AuditChain.Microseconds(end) : (long?)null,
    });

    private static IEnumerable<UserToken> Read(IEnumerable<TokenRow> rows) => rows.Select(row => new UserToken
    {
        Id = row.Id,
        User = row.User,
        Hash = row.Hash,
        CreatedAt = Time(row.CreatedAt),
        CreatedBy = row.CreatedBy,
        ExpiresAt = row.ExpiresAt is { } end ? Time(end) : null,
        RevokedAt = row.RevokedAt is { } revoked ? Time(revoked) : null,
        LastUsedAt = row.LastUsedAt is { } used ? Time(used) : null,
    });

    private static DateTimeOffset Time(long microseconds) => DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds);

    private static List<UserToken> Tokens(SqliteConnection connection, string statement, object parameters) =>
        [.. Read(connection.Query<TokenRow>(Statements.Get(statement), parameters))];

    private User? Find(SqliteConnection connection, string name) => session.Find(connection, "FindUser", DomainJson.Default.User, new { name });
}
