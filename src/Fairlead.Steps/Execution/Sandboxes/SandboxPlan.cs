using Fairlead.Domain.Projects;

namespace Fairlead.Steps.Execution.Sandboxes;

/// <summary>What a step will be kept in on this machine.</summary>
/// <param name="Image">Name and digest, for a container.</param>
/// <param name="Note">Why it is weaker than usual, a sentence; null when it is not.</param>
internal sealed record SandboxPlan(SandboxKind Kind, bool HasNetwork, string? Image = null, string? Note = null)
{
    private const string NetworkSuffix = " network";

    /// <summary>As records and people name it.</summary>
    public string Name => NameOf(Kind);

    /// <summary>As the key has it: what can change a result. Without a sandbox there is always a network.</summary>
    public string KeyValue => HasNetwork && Kind != SandboxKind.None ? Name + NetworkSuffix : Name;

    /// <summary>The image's digest: under another name it is the same image.</summary>
    public string? ImageDigest => Image?[(Image.IndexOf('@', StringComparison.Ordinal) + 1)..];

    public static string NameOf(SandboxKind kind) => kind switch
    {
        SandboxKind.Namespace => "namespace",
        SandboxKind.Container => "container",
        _ => "none",
    };
}
