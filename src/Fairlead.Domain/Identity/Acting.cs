namespace Fairlead.Domain.Identity;

/// <summary>
/// Who acts in the present flow of control, so that what is changed further down is entered under the right name without every method
/// between having to hand it on. Nobody means the control plane itself.
/// </summary>
public static class Acting
{
    private const string Job = "job";

    /// <summary>Who is recorded when the control plane changes something by itself.</summary>
    public const string ControlPlane = "fairlead";

    private static readonly AsyncLocal<ActingScope?> Flow = new();

    public static ActingScope? Current => Flow.Value;

    /// <summary>Lets the scope act from here on, in this method and what it calls; <c>null</c> ends it.</summary>
    public static void Begin(ActingScope? scope) => Flow.Value = scope;

    /// <summary>The entry of something that is done now by whoever acts.</summary>
    public static AuditDraft Draft(string what, string target, string? detail = null) => Flow.Value is { } scope
        ? new AuditDraft { Who = scope.Name, Via = scope.Via, What = what, Target = target, Detail = detail, Cause = scope.Cause }
        : new AuditDraft { Who = ControlPlane, Via = Job, What = what, Target = target, Detail = detail };
}
