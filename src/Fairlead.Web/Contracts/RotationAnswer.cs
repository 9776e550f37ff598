namespace Fairlead.Web.Contracts;

/// <param name="Secrets">How many were encrypted anew.</param>
public sealed record RotationAnswer(int Secrets);
