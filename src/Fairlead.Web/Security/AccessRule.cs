using Fairlead.Domain.Identity;

namespace Fairlead.Web.Security;

/// <summary>Who may call an endpoint, and as what it is entered into the audit log.</summary>
/// <param name="Action">Null when it changes nothing that anybody would ask about later.</param>
/// <param name="TakesMachine">Programs with the secret of the host may call it as well, such as those that post outcomes.</param>
internal sealed record AccessRule(AccessScope Scope, Role Role, string? Action = null, bool TakesMachine = false);
