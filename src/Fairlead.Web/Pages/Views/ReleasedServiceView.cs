using Fairlead.Domain.Models;
using Fairlead.Domain.Releases;

namespace Fairlead.Web.Pages.Views;

/// <summary>A service of a release, with its signature.</summary>
/// <param name="Inputs">Such as "origin BYTES[-1,1]".</param>
public sealed record ReleasedServiceView(string Name, string Model, IReadOnlyList<string> Runs, string Digest, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs)
{
    internal static ReleasedServiceView Of(ReleasedService service) => new(
        service.Name,
        service.Label,
        [.. service.Models.Select(model => model.Run.ToString())],
        service.Digest.ToString(),
        [.. service.Signature.Inputs.Select(Text)],
        [.. service.Signature.Outputs.Select(Text)]);

    private static string Text(TensorSpec tensor) => $"{tensor.Name} {tensor.Type.WireName()}[{string.Join(',', tensor.Shape)}]";
}
