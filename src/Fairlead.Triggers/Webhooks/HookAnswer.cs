namespace Fairlead.Triggers.Webhooks;

/// <summary>What is answered to a webhook whose signature is right.</summary>
/// <param name="Accepted">False when nothing comes of it.</param>
/// <param name="Reason">A sentence.</param>
public sealed record HookAnswer(bool Accepted, string Reason);
