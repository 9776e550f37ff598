namespace Fairlead.Web.Security;

/// <summary>Where a caller must hold the role that an endpoint needs.</summary>
internal enum AccessScope
{
    /// <summary>Nowhere: strangers may call it, too.</summary>
    Public,

    /// <summary>It is enough to be somebody.</summary>
    SignedIn,

    /// <summary>In the project or in any environment: what is told says nothing of recorded inputs.</summary>
    Somewhere,

    /// <summary>In the environment that the path names, or in the project.</summary>
    Environment,

    /// <summary>In the project: it reaches, or may reach, into every environment.</summary>
    Project,

    /// <summary>It is for hosts only.</summary>
    Host,
}
