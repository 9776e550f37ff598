using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Records;

namespace Fairlead.Identity.Groups;

/// <summary>Groups and the roles that they give. Who is in one stands with the users; a group that nobody gave roles is only a name.</summary>
public sealed class GroupDesk(IRecordCatalog records, IUserCatalog users, IAuditLog audit, TimeProvider time) : IDisposable
{
    private readonly GroupCatalog groups = new(records);
    private readonly SemaphoreSlim one = new(1);

    public void Dispose() => one.Dispose();

    /// <summary>All that have roles or members, by name.</summary>
    public async Task<IReadOnlyList<GroupReport>> ListAsync(CancellationToken cancellationToken)
    {
        var known = (await groups.ListAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(group => group.Name, StringComparer.Ordinal);
        var members = (await users.ListAsync(cancellationToken).ConfigureAwait(false)).Where(user => user.RevokedAt is null)
            .SelectMany(user => user.Groups.Select(group => (Group: group, user.Name))).ToLookup(pair => pair.Group, pair => pair.Name, StringComparer.Ordinal);
        var names = known.Keys.Union(members.Select(group => group.Key)).Order(StringComparer.Ordinal);
        return [.. names.Select(name => new GroupReport(name, known.GetValueOrDefault(name)?.Grants ?? [], [.. members[name]])).Where(report => report.Grants.Count + report.Members.Count > 0)];
    }

    /// <summary>Changes what everybody in a group may do; it holds from the next request on.</summary>
    /// <exception cref="FairleadException">Invalid.</exception>
    public async Task<GroupReport> ChangeAsync(string name, GroupChange change, CancellationToken cancellationToken)
    {
        var group = IdentityNames.Require(name, "group");
        var roles = (change.Roles ?? []).Select(RoleGrant.Parse).ToList();
        var added = change.AddRoles.Select(RoleGrant.Parse).ToList();
        var removed = change.RemoveRoles.Select(RoleGrant.Parse).ToList();
        await one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var before = (await groups.FindAsync(group, cancellationToken).ConfigureAwait(false))?.Grants ?? [];
            var after = (change.Roles is null ? before : roles).Union(added).Except(removed).ToList();
            // First: what cannot be entered is not done.
            await audit.AppendAsync(Acting.Draft("group.changed", group, $"roles {(after.Count == 0 ? "none" : string.Join(' ', after))}"), cancellationToken).ConfigureAwait(false);
            await groups.SaveAsync(new Group(group, after, time.GetUtcNow(), Acting.Current?.Name ?? Acting.ControlPlane), CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            one.Release();
        }

        return (await ListAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(report => report.Name == group) ?? new GroupReport(group, [], []);
    }
}
