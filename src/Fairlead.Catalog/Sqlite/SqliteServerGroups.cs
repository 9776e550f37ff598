using System.Text.Json;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Serialization;

namespace Fairlead.Catalog.Sqlite;

internal sealed class SqliteServerGroups(SqliteSession session) : IServerGroupCatalog
{
    public Task<IReadOnlyList<ServerGroup>> AddAsync(
        IReadOnlyList<(string Service, string Environment, Func<ServerGroupName, ServerGroup> Create)> groups,
        CancellationToken cancellationToken) =>
        session.ChangeAsync<IReadOnlyList<ServerGroup>>(
            connection =>
            {
                var added = new List<ServerGroup>(groups.Count);
                foreach (var (service, environment, create) in groups)
                {
                    var name = new ServerGroupName(service, environment, connection.Number("NextServerGroupNumber", new { service, environment }));
                    var group = create(name);
                    if (group.Name != name)
                        throw new ArgumentException($"The server group was made with the name '{group.Name}' and not with '{name}', which it was given.", nameof(groups));
                    connection.Run("InsertServerGroup", Row(group));
                    added.Add(group);
                }

                return added;
            },
            added => Acting.Draft("server-groups.added", Names(added), added.Count == 0 ? null : $"release {added[0].Release}"),
            cancellationToken);

    public Task<DesiredState> UpdateAsync(
        IReadOnlyList<ServerGroup> changed,
        Func<long, IReadOnlyList<ServerGroup>, DesiredState> publish,
        CancellationToken cancellationToken) =>
        session.ChangeAsync(
            connection =>
            {
                foreach (var group in changed)
                {
                    if (connection.Run("UpdateServerGroup", Row(group)) == 0)
                        throw FairleadException.NotFound($"There is no server group '{group.Name}'; see 'fairlead status'.");
                }

                var version = connection.Number("NextDesiredVersion");
                var state = publish(version, session.List(connection, "ListKeptServerGroups", DomainJson.Default.ServerGroup));
                if (state.Version != version)
                    throw new ArgumentException($"The desired state was made with version {state.Version} and not with {version}, which it was given.", nameof(publish));
                connection.Run("SetDesiredState", new { version, document = JsonSerializer.Serialize(state, DomainJson.Default.DesiredState) });
                return state;
            },
            state => Acting.Draft("server-groups.changed", Names(changed), $"desired state {state.Version}: {string.Join(", ", changed.Select(Describe))}"),
            cancellationToken);

    public Task<ServerGroup?> FindAsync(ServerGroupName name, CancellationToken cancellationToken) =>
        session.FindAsync(
            "FindServerGroup", DomainJson.Default.ServerGroup, new { service = name.Service, environment = name.Environment, number = name.Number }, cancellationToken);

    public Task<IReadOnlyList<ServerGroup>> ListAsync(string? environment, string? service, CancellationToken cancellationToken) =>
        session.ListAsync("ListServerGroups", DomainJson.Default.ServerGroup, new { environment, service }, cancellationToken);

    public Task<DesiredState?> FindDesiredStateAsync(CancellationToken cancellationToken) =>
        session.FindAsync("FindDesiredState", DomainJson.Default.DesiredState, null, cancellationToken);

    private static string Names(IReadOnlyList<ServerGroup> groups) => groups.Count == 0 ? "none" : string.Join(", ", groups.Select(group => group.Name));

    private static string Describe(ServerGroup group) => $"{group.Name} {group.Status.CamelCase()} {group.Weight.Hundredths}/{Weight.Whole}";

    private static object Row(ServerGroup group) => new
    {
        service = group.Name.Service,
        environment = group.Name.Environment,
        number = group.Name.Number,
        status = group.Status.CamelCase(),
        document = JsonSerializer.Serialize(group, DomainJson.Default.ServerGroup),
    };
}
