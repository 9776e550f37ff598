namespace Fairlead.Web.Contracts;

/// <param name="Name">What to push or pull, such as <c>dataset/rides@3</c>.</param>
public sealed record TransferBody(string? Name, string? User);
