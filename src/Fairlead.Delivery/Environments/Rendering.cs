namespace Fairlead.Delivery.Environments;

/// <summary>What an environment makes of the services of a release.</summary>
/// <param name="Problems">A sentence each, with the cure; none when it can be deployed.</param>
internal sealed record Rendering(IReadOnlyList<RenderedService> Services, IReadOnlyList<string> Problems);
