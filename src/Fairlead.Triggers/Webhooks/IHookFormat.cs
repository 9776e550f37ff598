using Fairlead.Triggers.Git;

namespace Fairlead.Triggers.Webhooks;

/// <summary>How one product sends webhooks about repositories.</summary>
internal interface IHookFormat
{
    /// <summary>As the project file names it.</summary>
    string Name { get; }

    /// <summary>Whether whoever sent it knows the secret; takes the same time whatever is wrong.</summary>
    bool IsRight(HookRequest request, byte[] secret);

    /// <summary>The sender's name for the delivery; empty when it has none.</summary>
    string DeliveryOf(HookRequest request);

    /// <summary>The kind of event.</summary>
    string EventOf(HookRequest request);

    /// <summary>Whether an event says that branches or tags changed.</summary>
    bool IsPush(string kind);
}
