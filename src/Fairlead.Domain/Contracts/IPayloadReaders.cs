namespace Fairlead.Domain.Contracts;

/// <summary>The seam that opens contracts for reading the messages of their methods.</summary>
public interface IPayloadReaders
{
    /// <param name="descriptors">As <see cref="IContractCompiler"/> gives them.</param>
    /// <returns>A reader that may be used by many threads at once; worth keeping, opening costs far more than reading.</returns>
    /// <exception cref="Problems.FairleadException">Damaged when the bytes are no set of descriptors.</exception>
    IPayloadReader Open(byte[] descriptors);
}
