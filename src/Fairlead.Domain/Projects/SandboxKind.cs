namespace Fairlead.Domain.Projects;

/// <summary>What keeps a step from what it did not declare.</summary>
public enum SandboxKind
{
    /// <summary>Nothing: it finds its inputs, but can read all that the user can.</summary>
    None,

    /// <summary>Namespaces of the kernel, by bubblewrap.</summary>
    Namespace,

    /// <summary>A container of an image that is pinned by its digest.</summary>
    Container,
}
