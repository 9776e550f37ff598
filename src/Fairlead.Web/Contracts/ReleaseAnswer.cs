using Fairlead.Domain.Releases;

namespace Fairlead.Web.Contracts;

/// <param name="IsNew">False when the newest release already held exactly this.</param>
public sealed record ReleaseAnswer(Release Release, bool IsNew);
