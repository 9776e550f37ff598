using Fairlead.Catalog;
using Fairlead.Identity.Users;
using Fairlead.Notices.Robot;

namespace Fairlead.Notices.Tests.Robot;

/// <summary>A robot that nobody talks to.</summary>
internal sealed class ChatRobotOfNobody(SqliteCatalog catalog)
{
    public ChatRobot Robot { get; } = new(new ChatLinks(catalog.Users, new PrincipalReader(catalog.Users, catalog.Records), TimeProvider.System), new KnownActions(), catalog.Audit, TimeProvider.System);
}
