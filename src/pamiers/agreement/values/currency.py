"""Currencies by their three letters, as agreements name sums of money.

Sums are counted in their own currency and never turned into another: no rate of
exchange is a fact of the agreement.

Source: ISO 4217:2015, tables A.1 and A.3 (codes only); of the withdrawn ones those
that agreements since 1945 are likely to name.
"""

from typing import Final

_CODES: Final = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD "
    "BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN "
    "BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF "
    "DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS "
    "GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR "
    "IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW "
    "KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA "
    "MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD "
    "NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN "
    "PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD "
    "SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT "
    "TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES "
    "VND VUV WST XAF XCD XDR XOF XPF YER ZAR ZMW ZWG "
    "ATS BEF CYP DEM ECS EEK ESP FIM FRF GRD HRK IEP "
    "ITL LTL LVL MZM NLG PTE SDD SDP SLL SUR TMM TRL "
    "XEU YUM ZWL"
)
CURRENCIES: Final = frozenset(_CODES.split())
