using Fairlead.Domain.Identity;

namespace Fairlead.Identity.Links;

/// <summary>Somebody who came by a signed link.</summary>
/// <param name="Id">By which the use of the link is counted.</param>
/// <param name="Principal">The person for whom it was made, with what that person may do now.</param>
public sealed record LinkVisitor(JudgmentLink Link, string Id, Principal Principal);
